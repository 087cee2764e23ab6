package io.karst.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.base.Bytes;
import io.karst.history.KeptLog;
import io.karst.keyspace.Database;
import io.karst.keyspace.Key;
import io.karst.lsm.SimulatedTier;
import io.karst.memory.Record;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Collections whose elements expire, and that only the disk tier has.
class ColdElementsTest {
  private static final long STAYS = Record.NO_EXPIRY;

  private final ManualClock clock = new ManualClock();
  private final SimulatedTier real = new SimulatedTier();
  private final WatchedTier watched = new WatchedTier(real);
  private final KeptLog log = new KeptLog();
  private Engine engine = open();
  private StoreDriver store = new StoreDriver(engine);

  @BeforeEach
  void fill() {
    store.run(
        "hash",
        key -> {
          HashView hash = store.tx().hashForUpdate(key);
          hash.put(bytes("stays"), bytes("1"), STAYS);
          hash.put(bytes("goes"), bytes("2"), in(100));
          hash.put(bytes("later"), bytes("3"), in(500));
        });
    store.run("set", key -> store.tx().setForUpdate(key).add(bytes("goes"), in(100)));
    store.run(
        "both",
        key -> {
          store.tx().hashForUpdate(key).put(bytes("goes"), bytes("1"), in(100));
          store.tx().expire(key, in(50));
        });
    store.run("plain", key -> store.tx().hashForUpdate(key).put(bytes("a"), bytes("1"), STAYS));
    cool();
  }

  @AfterEach
  void close() {
    store.close();
    engine.abandon();
  }

  @Test
  void theyLeaveMemoryAndComeBackWithTheirExpiries() {
    assertThat(resident("hash")).isFalse();
    assertThat(fields("hash")).containsExactlyInAnyOrder("stays", "goes", "later");
    assertThat(store.number("hash", key -> store.tx().hash(key).expiry(bytes("goes"))))
        .isEqualTo(in(100));
    assertThat(real.earliestExpiry()).isEqualTo(in(50));
    assertThat(engine.expiring(0)).isEqualTo(1);
  }

  /// Its elements were due first, and by the time somebody comes for them it is due itself.
  @Test
  void aKeyThatIsDueByNowGoesWithItsElements() {
    store.run(
        "late",
        key -> {
          store.tx().hashForUpdate(key).put(bytes("goes"), bytes("1"), in(100));
          store.tx().hashForUpdate(key).put(bytes("stays"), bytes("2"), STAYS);
          store.tx().expire(key, in(200));
        });
    cool();
    clock.advance(300);
    engine.expireDue();
    assertThat(engine.size(0)).isEqualTo(2);
    assertThat(engine.expiring(0)).isZero();
    cool();
    assertThat(engine.size(0)).isEqualTo(2);
  }

  @Test
  void whatIsDueGoesThoughNobodyAsks() {
    clock.advance(100);
    engine.expireDue();
    assertThat(watched.calls()).containsOnly("header", "get");
    assertThat(watched.calls().stream().filter("get"::equals)).hasSize(2); // Not of `both`.
    assertThat(engine.size(0)).isEqualTo(2);
    assertThat(resident("hash")).isTrue();
    cool();
    assertThat(real.earliestExpiry()).isEqualTo(in(400));
    watched.calls().clear();
    engine.expireDue();
    assertThat(watched.calls()).isEmpty();
    assertThat(fields("hash")).containsExactlyInAnyOrder("stays", "later");
  }

  @Test
  void afterARestartTheIndexStillKnows() {
    store.close();
    engine.abandon();
    engine = open();
    store = new StoreDriver(engine);
    assertThat(resident("hash")).isFalse();
    clock.advance(600);
    engine.expireDue();
    assertThat(engine.size(0)).isEqualTo(2);
    assertThat(fields("hash")).containsExactly("stays");
  }

  @Test
  void anIndexThatIsAheadIsPutRightOnce() {
    store.run("hash", key -> store.tx().hashForUpdate(key).remove(bytes("goes")));
    cool();
    clock.advance(100);
    engine.expireDue();
    assertThat(fields("hash")).containsExactlyInAnyOrder("stays", "later");
    cool();
    watched.calls().clear();
    engine.expireDue();
    assertThat(watched.calls()).isEmpty();
  }

  @Test
  void aKeyThatIsRemovedLeavesTheIndex() {
    for (String name : List.of("hash", "set", "both")) {
      store.run(name, store.tx()::delete);
    }
    cool();
    assertThat(real.earliestExpiry()).isEqualTo(Long.MAX_VALUE);
    assertThat(engine.size(0)).isEqualTo(1);
  }

  /// Writes all to the tier, and lets it go from memory.
  private void cool() {
    engine.checkpoint();
    for (String name : List.of("hash", "set", "both", "plain")) {
      store.run(
          name,
          key -> {
            long record = find(key);
            assertThat(record == Record.NONE || spill(key, record)).as(name).isTrue();
          });
    }
    watched.calls().clear();
  }

  private boolean spill(Key key, long record) {
    return store.tx().records().residency().spill(0, key, record);
  }

  private long find(Key key) {
    Database data = engine.keyspace().database(0);
    key.hash(engine.keyspace().hasher());
    long record = data.find(key);
    return record != Record.NONE && Record.tombstone(record) ? Record.NONE : record;
  }

  /// Whether a key is in memory; does not bring it there.
  private boolean resident(String name) {
    Key key = Key.of(name);
    store.tx().begin(clock.wallMillis(), 0);
    store.tx().slots().add(key.slot());
    store.tx().lock();
    try {
      return find(key) != Record.NONE;
    } finally {
      store.tx().end();
    }
  }

  private List<String> fields(String name) {
    return store.with(
        name,
        key -> {
          List<String> fields = new ArrayList<>();
          store.tx().hash(key).forEach((field, value) -> fields.add(field.utf8()));
          return fields;
        });
  }

  private long in(long millis) {
    return clock.wallMillis() + millis;
  }

  private static Bytes bytes(String text) {
    return Bytes.utf8(text);
  }

  private Engine open() {
    return Engine.open(
        EngineOptions.defaults(1)
            .withClock(clock)
            .withMaintenance(false)
            .withStorage(new Storage((from, visitor) -> log, watched.tier())));
  }
}
