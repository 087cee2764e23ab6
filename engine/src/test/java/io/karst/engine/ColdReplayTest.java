package io.karst.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.base.Bytes;
import io.karst.history.Effect;
import io.karst.history.KeptLog;
import io.karst.history.LogSource;
import io.karst.lsm.SimulatedTier;
import io.karst.memory.Record;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// How the tier is asked during replay; that what comes out is right is [TieredModelTest]'s.
class ColdReplayTest {
  private static final int KEYS = 1_000;

  private final ManualClock clock = new ManualClock();
  private final SimulatedTier real = new SimulatedTier();
  private final WatchedTier watched = new WatchedTier(real);
  private int database;

  /// A tier with keys.
  @BeforeEach
  void fill() {
    KeptLog log = new KeptLog();
    Engine engine = open((from, visitor) -> log);
    try (StoreDriver store = new StoreDriver(engine)) {
      for (int i = 0; i < KEYS; i++) {
        store.run("k" + i, key -> store.tx().putString(key, Bytes.utf8("old"), Record.NO_EXPIRY));
      }
      database = engine.keyspace().id(0);
    }
    engine.checkpoint();
    engine.abandon();
    watched.calls().clear();
  }

  @Test
  void keysThatAreReplacedAreAskedForTogetherAndWithoutTheirValues() {
    List<Effect> effects = new ArrayList<>();
    IntStream.range(0, KEYS).forEach(i -> effects.add(set("k" + i, "new")));
    IntStream.range(0, KEYS).forEach(i -> effects.add(set("k" + i, "newer")));
    IntStream.range(0, 10).forEach(i -> effects.add(new Effect.Delete(database, key("k" + i))));
    effects.add(set("fresh", "new"));
    try (Replayed store = replay(effects)) {
      assertThat(watched.calls()).containsOnly("getAll without values");
      assertThat(watched.calls().size()).isLessThan(10);
      assertThat(store.engine.size(0)).isEqualTo(KEYS - 9);
      assertThat(store.get("k9")).isNull();
      assertThat(store.get("k10")).isEqualTo("newer");
    }
  }

  @Test
  void whatIsLeftOfAKeyIsRead() {
    Effect patch = new Effect.SetRange(database, key("k1"), 1, key("XY"));
    try (Replayed store = replay(List.of(patch, set("k2", "new"), patch))) {
      assertThat(watched.calls())
          .containsExactlyInAnyOrder("getAll with values", "getAll without values");
      assertThat(store.get("k1")).isEqualTo("oXY");
      assertThat(store.get("k2")).isEqualTo("new");
      assertThat(store.engine.size(0)).isEqualTo(KEYS);
    }
  }

  @Test
  void aKeyThatTheTierHasNewerIsLeftAlone() {
    try (Replayed store = replay(0, List.of(set("k1", "older")))) {
      assertThat(store.get("k1")).isEqualTo("old");
      assertThat(store.engine.size(0)).isEqualTo(KEYS);
    }
  }

  private Effect set(String key, String value) {
    return new Effect.Set(database, key(key), key(value), Record.NO_EXPIRY);
  }

  private static Bytes key(String text) {
    return Bytes.utf8(text);
  }

  private Replayed replay(List<Effect> effects) {
    return replay(1L << 40, effects);
  }

  private Replayed replay(long lsn, List<Effect> effects) {
    KeptLog log = new KeptLog();
    Engine engine =
        open((from, visitor) -> {
          visitor.visit(lsn, effects);
          visitor.release();
          return log;
        });
    return new Replayed(engine, new StoreDriver(engine));
  }

  private record Replayed(Engine engine, StoreDriver driver) implements AutoCloseable {
    String get(String name) {
      return driver.with(
          name,
          key -> {
            Bytes value = driver.tx().string(key);
            return value == null ? null : value.utf8();
          });
    }

    @Override
    public void close() {
      driver.close();
      engine.abandon();
    }
  }

  private Engine open(LogSource source) {
    return Engine.open(
        EngineOptions.defaults(1)
            .withClock(clock)
            .withMaintenance(false)
            .withStorage(new Storage(source, watched.tier())));
  }
}
