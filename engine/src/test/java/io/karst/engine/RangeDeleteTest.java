package io.karst.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.base.Bytes;
import io.karst.history.Effect;
import io.karst.history.KeptLog;
import io.karst.lsm.SimulatedTier;
import io.karst.memory.Record;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What [TieredModelTest] does not meet by chance: others at work while a range goes, what is read,
/// what is written to the history, and memory that is full.
class RangeDeleteTest {
  private static final int KEYS = 300;

  private final ManualClock clock = new ManualClock();
  private final KeptLog log = new KeptLog();
  private final WatchedTier watched = new WatchedTier(new SimulatedTier());
  private final Engine engine = open();
  private final StoreDriver store = new StoreDriver(engine);

  @AfterEach
  void close() {
    store.close();
    engine.close();
  }

  @Test
  void coldKeysGoWithoutTheirValues() {
    fillCold();
    watched.calls().clear();
    assertThat(delete("k")).isEqualTo(KEYS);
    assertThat(watched.calls()).containsOnly("keys without values");
    assertThat(engine.size(0)).isEqualTo(1);
    engine.checkpoint();
    assertThat(engine.diskStatus().stored()).isEqualTo(1);
  }

  @Test
  void whatIsInMemoryNeedsNoDisk() {
    IntStream.range(0, KEYS).forEach(i -> put("k" + i));
    engine.checkpoint();
    watched.calls().clear();
    assertThat(delete("k")).isEqualTo(KEYS);
    assertThat(watched.calls()).isEmpty();
    assertThat(engine.size(0)).isZero();
  }

  @Test
  void eachKeyIsOneEffectAndManyShareAFrame() {
    fillCold();
    put("k-hot");
    int before = log.frames().size();
    assertThat(delete("k")).isEqualTo(KEYS + 1);
    List<List<Effect>> frames = log.frames().subList(before, log.frames().size());
    assertThat(frames.stream().flatMap(List::stream))
        .hasSize(KEYS + 1)
        .allMatch(Effect.Delete.class::isInstance)
        .doesNotHaveDuplicates();
    assertThat(frames.size()).isLessThan(20);
  }

  @Test
  void aKeyThatGoesAndLeavesTheTierMeanwhileIsNotCounted() {
    fillCold();
    watched.afterReading(() -> {
      watched.afterReading(() -> {});
      assertThat(store.is("k7", store.tx()::delete)).isTrue();
      engine.checkpoint();
    });
    assertThat(deleteOnItsOwn("k")).isEqualTo(KEYS - 1);
    assertThat(engine.size(0)).isEqualTo(1);
    assertThat(engine.diskStatus().cold()).isEqualTo(1);
  }

  @Test
  void aKeyThatIsLoadedMeanwhileGoes() {
    fillCold();
    watched.afterReading(() -> assertThat(store.is("k7", store.tx()::exists)).isTrue());
    assertThat(deleteOnItsOwn("k")).isEqualTo(KEYS);
    assertThat(engine.size(0)).isEqualTo(1);
  }

  @Test
  void whatIsDueIsNotCounted() {
    store.run("k-due", k -> store.tx().putString(k, Bytes.utf8("v"), clock.wallMillis() + 10));
    fillCold();
    clock.advance(20);
    assertThat(delete("k")).isEqualTo(KEYS);
    assertThat(engine.size(0)).isEqualTo(1);
    assertThat(engine.expiring(0)).isZero();
  }

  @Test
  void aCheckpointMakesRoomForTombstones() {
    int many = 20_000;
    fillCold(many);
    store.tx().tidy();
    engine.compact();
    engine.eviction().limit(engine.memory().usedBytes() + (256 << 10));
    long checkpoints = engine.diskStatus().checkpoints();
    assertThat(delete("k")).isEqualTo(many);
    assertThat(engine.diskStatus().checkpoints()).isGreaterThan(checkpoints);
    assertThat(engine.size(0)).isEqualTo(1);
  }

  /// Keys that only the tier has, and one that is in no range.
  private void fillCold() {
    fillCold(KEYS);
  }

  private void fillCold(int count) {
    put("other");
    IntStream.range(0, count).forEach(i -> put("k" + i));
    engine.checkpoint();
    for (int i = 0; i < count; i++) {
      spill("k" + i);
    }
    spill("other");
    if (store.is("k-due", key -> store.tx().expiry(key) > 0)) {
      spill("k-due");
    }
  }

  private void put(String key) {
    store.run(key, k -> store.tx().putString(k, Bytes.utf8("v"), Record.NO_EXPIRY));
  }

  private void spill(String name) {
    assertThat(
            store.is(
                name,
                key -> {
                  key.hash(engine.keyspace().hasher());
                  long record = engine.keyspace().database(0).find(key);
                  return store.tx().records().residency().spill(0, key, record);
                }))
        .isTrue();
  }

  private long delete(String prefix) {
    return delete(store.tx(), prefix);
  }

  /// In a transaction beside that of [#store].
  private long deleteOnItsOwn(String prefix) {
    try (Tx tx = engine.newTx()) {
      return delete(tx, prefix);
    }
  }

  private long delete(Tx tx, String prefix) {
    tx.begin(clock.wallMillis(), 0);
    try {
      return tx.all().deleteRange(KeyRange.prefix(Bytes.utf8(prefix)));
    } finally {
      tx.end();
    }
  }

  private Engine open() {
    return Engine.open(
        EngineOptions.defaults(1)
            .withClock(clock)
            .withMaintenance(false)
            .withStorage(new Storage((from, visitor) -> log, watched.tier())));
  }
}
