package io.karst.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.base.Bytes;
import io.karst.keyspace.Key;
import io.karst.lsm.Stored;
import java.io.IOException;
import java.nio.file.Path;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A large hash in a data directory: what a checkpoint writes of it, and what is there after that.
class AmendedStoreTest {
  private static final long SEED = 1;
  private static final int FIELDS = 5_000;
  private static final String BIG = "big";

  @TempDir Path temporary;
  private final TreeMap<String, String> model = new TreeMap<>();
  private int changes;

  @Test
  void aCheckpointWritesWhatHasChanged() throws IOException {
    try (Engine engine = open("data");
        StoreDriver store = new StoreDriver(engine)) {
      fill(engine, store);
      for (int round = 1; round <= 5; round++) {
        change(store);
        engine.checkpoint();
        assertThat(stored(engine).amended().count()).isEqualTo(1);
        assertThat(stored(engine).amended().size()).isBetween(200L * round, 800L * round);
        assertThat(stored(engine).payload().length()).isGreaterThan(Storage.AMENDED_FROM);
      }
    }
  }

  @Test
  void whatHasGrownToAQuarterIsFolded() throws IOException {
    try (Engine engine = open("data");
        StoreDriver store = new StoreDriver(engine)) {
      fill(engine, store);
      int folded = 0;
      int partsMax = 0;
      for (int round = 0; round < 40; round++) {
        for (int i = 0; i < 20; i++) {
          change(store);
        }
        engine.checkpoint();
        Stored stored = stored(engine);
        folded += stored.amended() == null ? 1 : 0;
        partsMax = Math.max(partsMax, stored.amended() == null ? 0 : stored.amended().count());
        assertThat(stored.amended() == null ? 0 : stored.amended().size())
            .isLessThanOrEqualTo(stored.payload().length() / 4);
      }
      assertThat(folded).isBetween(2, 10);
      assertThat(partsMax).isBetween(2, 6);
      assertSame(engine);
    }
  }

  @Test
  void theKeyIsWholeAfterACleanEndAndInABackup() throws IOException {
    try (Engine engine = open("data");
        StoreDriver store = new StoreDriver(engine)) {
      fill(engine, store);
      change(store);
      engine.checkpoint();
      change(store);
      engine.backup(temporary.resolve("backup"));
      assertThat(stored(engine).amended()).isNotNull();
    }
    for (String name : new String[] {"data", "backup", "data"}) {
      try (Engine engine = open(name)) {
        assertThat(stored(engine).amended()).isNotNull();
        assertSame(engine);
      }
    }
  }

  @Test
  void aKeyThatWasReadFromDiskGoesOnBeingAmended() throws IOException {
    try (Engine engine = open("data");
        StoreDriver store = new StoreDriver(engine)) {
      fill(engine, store);
    }
    for (int start = 0; start < 4; start++) {
      try (Engine engine = open("data");
          StoreDriver store = new StoreDriver(engine)) {
        change(store);
        engine.checkpoint();
        assertThat(stored(engine).amended().count()).isEqualTo(1);
        assertSame(engine);
      }
    }
  }

  @Test
  void aKeyThatIsDeletedLeavesNothing() throws IOException {
    try (Engine engine = open("data");
        StoreDriver store = new StoreDriver(engine)) {
      fill(engine, store);
      change(store);
      engine.checkpoint();
      store.with(BIG, key -> store.tx().delete(key));
      engine.checkpoint();
      assertThat(engine.tier().get(engine.keyspace().id(0), Bytes.utf8(BIG))).isNull();
      model.clear();
      change(store);
      engine.checkpoint();
      assertThat(stored(engine).amended()).isNull();
      assertSame(engine);
    }
  }

  private void fill(Engine engine, StoreDriver store) {
    for (int i = 0; i < FIELDS; i++) {
      put(store, "field" + i, "first value of " + i);
    }
    engine.checkpoint();
    assertThat(stored(engine).amended()).isNull();
  }

  /// Some fields, 200 to 800 bytes of effects.
  private void change(StoreDriver store) {
    for (int i = 0; i < 10; i++) {
      changes++;
      put(store, "field" + changes * 37 % FIELDS, "value of change " + changes);
    }
    String gone = "field" + changes;
    if (model.size() > 1 && model.remove(gone) != null) {
      store.run(BIG, key -> store.tx().hashForUpdate(key).remove(Bytes.utf8(gone)));
    }
  }

  private void put(StoreDriver store, String field, String value) {
    model.put(field, value);
    store.run(BIG, key -> store.tx().hashForUpdate(key).put(Bytes.utf8(field), Bytes.utf8(value)));
  }

  private static Stored stored(Engine engine) {
    Stored stored = engine.tier().get(engine.keyspace().id(0), Key.of(BIG).bytes());
    assertThat(stored).isNotNull();
    return stored;
  }

  private void assertSame(Engine engine) {
    TreeMap<String, String> found = new TreeMap<>();
    try (StoreDriver store = new StoreDriver(engine)) {
      store.run(
          BIG,
          key ->
              store
                  .tx()
                  .hash(key)
                  .forEach((field, value) -> found.put(field.utf8(), value.utf8())));
    }
    assertThat(found).isEqualTo(model);
  }

  private Engine open(String name) throws IOException {
    DirectoryOptions options = DirectoryOptions.defaults(temporary.resolve(name), SEED);
    return Engine.open(
        EngineOptions.defaults(SEED)
            .withMaintenance(false)
            .withStorage(DataDirectory.open(options)));
  }
}
