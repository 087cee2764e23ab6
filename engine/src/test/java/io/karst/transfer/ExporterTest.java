package io.karst.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.karst.base.Bytes;
import io.karst.engine.Storage;
import io.karst.engine.Tx;
import io.karst.eviction.EvictionPolicy;
import io.karst.history.KeptLog;
import io.karst.lsm.SimulatedTier;
import io.karst.memory.Record;
import io.karst.value.RdbVersion;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class ExporterTest {
  private static final long SEED = Long.getLong("seed", 20_261_122);
  private static final long NOW = 1_700_000_000_000L;

  private final Random random = new Random(SEED);

  @Test
  void whatIsExportedIsImportedAsItWas() {
    System.out.println("seed " + SEED);
    try (TestStore store = new TestStore(NOW);
        TestStore copy = new TestStore(NOW)) {
      fill(store, 3000);
      List<Map<String, String>> before = content(store);
      byte[] file = store.export();
      try (Importer importer = new Importer(copy.engine)) {
        copy.load(file, importer);
      }
      assertThat(content(copy)).isEqualTo(before);
      assertThat(content(store)).isEqualTo(before);
    }
  }

  @Test
  void librariesOfFunctionsTravel() {
    Bytes source = Bytes.utf8("#!lua name=lib\nreturn 1");
    try (TestStore store = new TestStore(NOW);
        TestStore copy = new TestStore(NOW);
        Tx tx = store.engine.newTx();
        Importer importer = new Importer(copy.engine)) {
      tx.begin(NOW, 0);
      tx.lockAll();
      tx.libraries().put("lib", source);
      tx.libraries().put("nameless", Bytes.utf8("return 1"));
      tx.end();
      copy.load(store.export(), importer);
      assertThat(copy.engine.libraries().all()).containsOnlyKeys("lib").containsValue(source);
    }
  }

  @Test
  void anExportIsNoAccess() {
    try (TestStore store = new TestStore(NOW);
        TestStore copy = new TestStore(NOW + 5_000_000)) {
      store.set(0, "key", "value", Record.NO_EXPIRY);
      store.advance(5_000_000);
      byte[] file = store.export();
      assertThat(store.idleMillis("key")).isEqualTo(5_000_000);
      try (Importer importer = new Importer(copy.engine)) {
        copy.load(file, importer);
      }
      assertThat(copy.idleMillis("key")).isEqualTo(5_000_000);
    }
  }

  @Test
  void whereAccessesAreCountedTheCountTravels() {
    try (TestStore store = new TestStore(NOW);
        TestStore copy = new TestStore(NOW)) {
      store.engine.eviction().policy(EvictionPolicy.ALLKEYS_LFU);
      copy.engine.eviction().policy(EvictionPolicy.ALLKEYS_LFU);
      store.set(0, "key", "value", Record.NO_EXPIRY);
      store.frequency("key", 200);
      try (Importer importer = new Importer(copy.engine)) {
        copy.load(store.export(), importer);
      }
      assertThat(copy.frequency("key")).isEqualTo(200);
    }
  }

  @Test
  void whatIsDueIsNotExported() {
    try (TestStore store = new TestStore(NOW);
        TestStore copy = new TestStore(NOW)) {
      store.set(0, "goes", "value", NOW + 1);
      store.set(0, "stays", "value", NOW + 10);
      store.advance(1);
      try (Importer importer = new Importer(copy.engine)) {
        copy.load(store.export(), importer);
      }
      assertThat(copy.all(0)).containsOnlyKeys("stays");
    }
  }

  @Test
  void keysThatOnlyTheDiskTierHasAreExportedToo() {
    System.out.println("seed " + SEED);
    SimulatedTier tier = new SimulatedTier();
    KeptLog log = new KeptLog();
    List<Map<String, String>> before;
    try (TestStore store = new TestStore(NOW, new Storage((from, visitor) -> log, tier))) {
      fill(store, 1000);
      before = content(store);
    }
    SimulatedTier left = tier.powerCut(random);
    try (TestStore store = new TestStore(NOW, new Storage((from, visitor) -> log, left));
        TestStore copy = new TestStore(NOW);
        Importer importer = new Importer(copy.engine)) {
      store.set(0, "key:7", "changed since", Record.NO_EXPIRY);
      copy.load(store.export(), importer);
      before.getFirst().put("key:7", "changed since");
      assertThat(content(copy)).isEqualTo(before);
    }
  }

  @Test
  void fieldsThatExpireTakeALaterVersion() throws IOException {
    try (TestStore store = new TestStore(NOW);
        TestStore copy = new TestStore(NOW);
        Importer importer = new Importer(copy.engine)) {
      Bytes field = Bytes.utf8("field");
      store.with(0, "hash", key -> store.tx.hashForUpdate(key).put(field, field, NOW + 100));
      assertThatThrownBy(() -> store.export(RdbVersion.WRITTEN))
          .isInstanceOfSatisfying(
              LaterVersionException.class, later -> assertThat(later.version()).isEqualTo(12))
          .hasMessageContaining("hash");
      copy.load(store.export(12), importer);
      assertThat(copy.<Long>with(0, "hash", key -> copy.tx.hash(key).expiry(field)))
          .isEqualTo(NOW + 100);
    }
  }

  @Test
  void membersThatExpireAreRefusedInEveryVersion() {
    try (TestStore store = new TestStore(NOW)) {
      store.with(0, "set", key -> store.tx.setForUpdate(key).add(Bytes.utf8("m"), NOW + 100));
      assertThatThrownBy(() -> store.export(RdbVersion.NEWEST))
          .isNotInstanceOf(LaterVersionException.class)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("which no Redis has");
    }
  }

  @Test
  void aReloadChangesNothing() {
    System.out.println("seed " + SEED);
    try (TestStore store = new TestStore(NOW)) {
      fill(store, 3000);
      store.set(0, "idle", "value", Record.NO_EXPIRY);
      store.advance(5_000);
      List<Map<String, String>> before = content(store);
      store.advance(5_000);
      store.tx.begin(NOW + 10_000, 0);
      Reload.run(store.tx);
      store.tx.end();
      assertThat(store.idleMillis("idle")).isEqualTo(5_000);
      assertThat(content(store)).isEqualTo(before);
    }
  }

  private void fill(TestStore store, int count) {
    for (int i = 0; i < count; i++) {
      int database = random.nextInt(3); // The fourth stays empty.
      String key = random.nextInt(3) == 0 ? "{tag}" + i : "key:" + i;
      long expiry = random.nextBoolean() ? Record.NO_EXPIRY : NOW + 100_000 + random.nextInt(1000);
      String value =
          random.nextBoolean() ? "" + random.nextInt() : "text ".repeat(random.nextInt(200));
      store.set(database, key, value, expiry);
    }
  }

  private static List<Map<String, String>> content(TestStore store) {
    List<Map<String, String>> content = new ArrayList<>();
    for (int database = 0; database < TestStore.DATABASES; database++) {
      content.add(store.all(database));
    }
    return content;
  }
}
