package io.karst.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.karst.base.Bytes;
import io.karst.base.Fault;
import io.karst.engine.Counters.Counter;
import io.karst.eviction.EvictionPolicy;
import io.karst.history.Effect;
import io.karst.history.KeptLog;
import io.karst.keyspace.Key;
import io.karst.memory.Record;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EvictionTest {
  private static final long LIMIT = 16 << 20;

  private final ManualClock clock = new ManualClock();
  private final EngineOptions options =
      EngineOptions.defaults(42).withClock(clock).withMaintenance(false).withMemoryLimit(LIMIT);
  private final Engine engine = Engine.open(options);
  private final Eviction eviction = engine.eviction();
  private final StoreDriver store = new StoreDriver(engine);
  private final Tx tx = store.tx();

  @AfterEach
  void close() {
    store.close();
    engine.close();
  }

  // ---- who goes ----

  @Test
  void theKeysThatWereNotUsedForTheLongestTimeGoFirst() {
    eviction.policy(EvictionPolicy.ALLKEYS_LRU);
    fill(1_000);
    clock.advance(60_000);
    IntStream.range(0, 500).forEach(i -> store.with("k" + i, tx::string));
    assertThat(evict(300)).isEqualTo(300);
    assertThat(present(0, 500)).isGreaterThan(490);
    assertThat(present(500, 1_000)).isLessThan(210);
    assertThat(engine.count(Counter.EVICTED)).isEqualTo(300);
  }

  @Test
  void theKeysThatAreUsedLeastOftenGoFirst() {
    eviction.policy(EvictionPolicy.ALLKEYS_LFU);
    fill(1_000);
    for (int use = 0; use < 30; use++) {
      IntStream.range(0, 500).forEach(i -> store.with("k" + i, tx::string));
    }
    IntStream.range(500, 1_000).forEach(i -> store.with("k" + i, tx::string)); // The latest.
    assertThat(evict(200)).isEqualTo(200);
    assertThat(present(0, 500)).isGreaterThan(480);
  }

  @Test
  void theKeysThatExpireNextGoFirst() {
    eviction.policy(EvictionPolicy.VOLATILE_TTL);
    for (int i = 0; i < 1_000; i++) {
      put("k" + i, clock.wallMillis() + 1_000_000 - i);
    }
    fill("stays", 1_000);
    assertThat(evict(300)).isEqualTo(300);
    assertThat(present(0, 500)).isGreaterThan(490);
    assertThat(engine.size(0)).isEqualTo(1_700);
  }

  @ParameterizedTest
  @EnumSource(
      value = EvictionPolicy.class,
      names = {"VOLATILE_LRU", "VOLATILE_LFU", "VOLATILE_RANDOM", "VOLATILE_TTL"})
  void volatilePoliciesFindTheFewKeysThatExpireAndTakeNoOthers(EvictionPolicy policy) {
    eviction.policy(policy);
    fill("{in one slot}", 20_000);
    fill("stays", 2_000);
    for (int i = 0; i < 10; i++) {
      put("{in one slot}goes" + i, clock.wallMillis() + 1_000_000);
      put("goes" + i, clock.wallMillis() + 1_000_000);
    }
    assertThat(evict(100)).isEqualTo(20);
    assertThat(engine.expiring(0)).isZero();
    assertThat(engine.size(0)).isEqualTo(22_000);
    assertThat(evict(100)).isZero();
  }

  @Test
  void randomPoliciesTakeFromEveryDatabase() {
    eviction.policy(EvictionPolicy.ALLKEYS_RANDOM);
    for (int i = 0; i < 1_000; i++) {
      store.with(
          i % 4,
          "k" + i,
          key -> {
            tx.putString(key, Bytes.utf8("v"), Record.NO_EXPIRY);
            return true;
          });
    }
    assertThat(evict(600)).isEqualTo(600);
    for (int database = 0; database < 4; database++) {
      assertThat(engine.size(database)).isBetween(50L, 150L);
    }
  }

  @Test
  void whatIsUsedAfterItWasSeenIsSpared() {
    eviction.policy(EvictionPolicy.ALLKEYS_LRU);
    fill(200);
    clock.advance(1_000);
    evict(1); // Fills the pool with others.
    IntStream.range(0, 200).forEach(i -> store.with("k" + i, tx::string));
    clock.advance(1_000);
    fill("new", 100);
    clock.advance(1_000);
    assertThat(evict(150)).isEqualTo(150);
    assertThat(IntStream.range(0, 100).filter(i -> store.is("new" + i, tx::exists)).count())
        .isGreaterThan(80);
  }

  @Test
  void dueKeysGoBeforeAnyOther() {
    eviction.policy(EvictionPolicy.ALLKEYS_LRU);
    put("due", clock.wallMillis() + 10);
    fill(3);
    clock.advance(20);
    evict(1);
    assertThat(engine.count(Counter.EXPIRED)).isEqualTo(1);
    assertThat(engine.count(Counter.EVICTED)).isZero();
  }

  @Test
  void anEvictionIsInTheHistoryAsADeletion() {
    KeptLog log = new KeptLog();
    try (Engine logged = Engine.open(options.withLog(log));
        StoreDriver driver = new StoreDriver(logged)) {
      logged.eviction().policy(EvictionPolicy.ALLKEYS_RANDOM);
      driver.run("k", key -> driver.tx().putString(key, Bytes.utf8("v"), Record.NO_EXPIRY));
      assertThat(driver.tx().evictor().evict(1, clock.wallMillis())).isEqualTo(1);
    }
    assertThat(log.effects()).last().isEqualTo(new Effect.Delete(0, Bytes.utf8("k")));
  }

  @Test
  void withoutAPolicyNothingGoes() {
    fill(100);
    assertThat(evict(100)).isZero();
    assertThat(engine.size(0)).isEqualTo(100);
  }

  @Test
  void aLockThatIsNotFreeIsPassedBy() {
    eviction.policy(EvictionPolicy.ALLKEYS_RANDOM);
    Key key = put("k", Record.NO_EXPIRY);
    try (Tx holder = engine.newTx()) {
      holder.begin(clock.wallMillis(), 0);
      holder.slots().add(key.slot());
      holder.lock();
      assertThat(evict(1)).isZero();
      holder.end();
    }
    assertThat(evict(1)).isEqualTo(1);
  }

  @Test
  void aChangeOfThePolicyForgetsTheCandidatesOfTheOld() {
    eviction.policy(EvictionPolicy.ALLKEYS_LRU);
    fill(100);
    evict(1);
    eviction.policy(EvictionPolicy.VOLATILE_LRU);
    assertThat(evict(50)).isZero();
  }

  @Test
  void spillNeedsADisk() {
    assertThatThrownBy(() -> eviction.policy(EvictionPolicy.SPILL))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("data directory");
    assertThat(eviction.policy()).isEqualTo(EvictionPolicy.NOEVICTION);
  }

  // ---- when ----

  @Test
  void writersAreNeverRefused() {
    eviction.policy(EvictionPolicy.ALLKEYS_LRU);
    for (int i = 0; i < 260_000; i++) {
      write("key:" + i, 20);
    }
    assertThat(engine.memory().totalBytes()).isLessThanOrEqualTo(LIMIT);
    assertThat(engine.memory().usedBytes()).isGreaterThan(LIMIT * 8 / 10);
    assertThat(store.is("key:259999", tx::exists)).isTrue();
  }

  @Test
  void theBackgroundGoesBackToTheLowMark() {
    eviction.policy(EvictionPolicy.ALLKEYS_LRU);
    fillUntil(eviction.marks().high());
    assertThat(eviction.pressed()).isTrue();
    eviction.restore();
    assertThat(eviction.pressed()).isFalse();
    assertThat(engine.memory().usedBytes())
        .isBetween(eviction.marks().low() - (1 << 20), eviction.marks().low());
  }

  @Test
  void aLowerLimitIsReachedByEvictingAndCompacting() {
    eviction.policy(EvictionPolicy.ALLKEYS_RANDOM);
    fillUntil(LIMIT / 2);
    eviction.limit(LIMIT / 4);
    assertThat(eviction.pressed()).isTrue();
    for (int pass = 0; pass < 3; pass++) {
      eviction.restore();
    }
    assertThat(eviction.pressed()).isFalse();
    assertThat(engine.memory().totalBytes()).isLessThanOrEqualTo(LIMIT / 4);
    assertThat(eviction.exceededNowMillis()).isZero();
  }

  @Test
  void withoutAPolicyALowerLimitRefusesUntilEnoughIsDeleted() {
    fillUntil(LIMIT / 2);
    assertThat(eviction.refuses()).isFalse();
    eviction.limit(LIMIT / 4);
    assertThat(eviction.refuses()).isTrue();
    clock.advance(1);
    eviction.restore();
    clock.advance(500);
    assertThat(eviction.exceededNowMillis()).isEqualTo(500);
    tx.begin(clock.wallMillis(), 0);
    tx.lockAll();
    tx.all().flush(0);
    tx.end();
    eviction.limit(LIMIT);
    assertThat(eviction.refuses()).isFalse();
    eviction.restore();
    assertThat(eviction.exceededMillis()).isEqualTo(500);
  }

  @Test
  void aLimitBelowAnySlabRefusesEverything() {
    assertThat(eviction.refuses()).isFalse();
    eviction.limit(1);
    assertThat(eviction.refuses()).isTrue();
  }

  // ---- room ----

  /// Values of one size fill the store, then everybody writes values of another: no command may be
  /// refused for good while there is so much that could go.
  @Test
  void valuesThatChangeTheirSizeFindRoom() {
    eviction.policy(EvictionPolicy.ALLKEYS_LRU);
    int[] sizes = {100, 1_000, 30, 100_000, 300_000};
    int number = 0;
    for (int size : sizes) {
      for (long written = 0; written < LIMIT * 9 / 8; written += size + 50) {
        write("key:" + number++, size);
      }
      long live = engine.memory().liveBytes();
      assertThat(live).as("of values of %d bytes", size).isGreaterThan(LIMIT * 8 / 10);
    }
    assertThat(engine.memory().totalBytes()).isLessThanOrEqualTo(LIMIT);
  }

  @Test
  void aHugeValueFindsRoomAmongSmallOnes() {
    eviction.policy(EvictionPolicy.ALLKEYS_LRU);
    fillUntil(eviction.marks().high());
    write("huge", 6 << 20);
    assertThat(store.number("huge", tx::stringLength)).isEqualTo(6 << 20);
    assertThat(engine.memory().totalBytes()).isLessThanOrEqualTo(LIMIT);
  }

  @Test
  void whatCanNeverFitIsRefusedWithoutEvictingForIt() {
    eviction.policy(EvictionPolicy.ALLKEYS_LRU);
    fill(1_000);
    assertThatThrownBy(() -> write("huge", 40 << 20)).isInstanceOf(Fault.OutOfMemory.class);
    assertThat(engine.size(0)).isEqualTo(1_000);
  }

  @Test
  void withoutAPolicyMemoryThatIsFreeInOtherSizesIsStillFound() {
    int count = 0;
    try {
      for (; ; count++) {
        put("key:" + count, Record.NO_EXPIRY);
      }
    } catch (Fault.OutOfMemory full) {
      assertThat(count).isGreaterThan(50_000);
    }
    IntStream.range(0, count)
        .filter(i -> i % 2 == 0)
        .forEach(i -> store.is("key:" + i, tx::delete));
    write("large", 1 << 20);
    assertThat(store.number("large", tx::stringLength)).isEqualTo(1 << 20);
    assertThat(engine.count(Counter.EVICTED)).isZero();
  }

  /// A command that has begun to change something would be half done otherwise.
  @Test
  void whatAChangeBeginsItEnds() {
    int count = 0;
    try {
      for (; ; count++) {
        put("key:" + count, Record.NO_EXPIRY);
      }
    } catch (Fault.OutOfMemory full) {
      store.is("key:0", tx::delete); // One fits again.
    }
    Key[] keys = IntStream.range(0, 5_000).mapToObj(i -> Key.of("new:" + i)).toArray(Key[]::new);
    keys[0] = Key.of("key:0");
    tx.begin(clock.wallMillis(), 0);
    tx.lock(keys, keys.length);
    for (Key key : keys) {
      tx.putString(key, Bytes.utf8("a value of some length, key:0"), Record.NO_EXPIRY);
    }
    tx.end();
    assertThat(engine.size(0)).isEqualTo(count - 1 + 5_000);
    assertThat(engine.memory().totalBytes()).isBetween(LIMIT, LIMIT + (2 << 20));
    assertThatThrownBy(() -> IntStream.range(0, 5_000).forEach(i -> put("k" + i, -1)))
        .isInstanceOf(Fault.OutOfMemory.class);
  }

  @Test
  void deletingNeverFailsForWantOfMemory() {
    fillUntil(LIMIT / 4);
    long size = engine.size(0);
    eviction.limit(1);
    for (int i = 0; engine.size(0) > 0 && i < size; i++) {
      store.is("key:" + i, tx::delete);
    }
    assertThat(engine.size(0)).isZero();
  }

  /// Writes as a command does: helps above the mark, makes room when it finds none.
  private void write(String name, int size) {
    if (eviction.pressed()) {
      eviction.relieve(tx, 1, clock.wallMillis());
    }
    Bytes value = Bytes.of(new byte[size]);
    for (int attempt = 0; ; attempt++) {
      try {
        store.run(name, key -> tx.putString(key, value, Record.NO_EXPIRY));
        return;
      } catch (Fault.OutOfMemory full) {
        if (!eviction.makeRoom(tx, full, Need.GROW, attempt)) {
          throw full;
        }
      }
    }
  }

  private int evict(int count) {
    return tx.evictor().evict(count, clock.wallMillis());
  }

  private void fill(int count) {
    fill("k", count);
  }

  private void fill(String prefix, int count) {
    IntStream.range(0, count).forEach(i -> put(prefix + i, Record.NO_EXPIRY));
  }

  private void fillUntil(long usedBytes) {
    for (int i = 0; engine.memory().usedBytes() <= usedBytes; i++) {
      write("key:" + i, 40);
    }
  }

  private Key put(String name, long expiryMillis) {
    return store.with(
        name,
        key -> {
          tx.putString(key, Bytes.utf8("a value of some length, " + name), expiryMillis);
          return key;
        });
  }

  private long present(int from, int to) {
    return IntStream.range(from, to).filter(i -> store.is("k" + i, tx::exists)).count();
  }
}
