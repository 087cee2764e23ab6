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
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WatchesTest {
  private final ManualClock clock = new ManualClock();
  private final SimulatedTier tier = new SimulatedTier();
  private final Engine engine =
      Engine.open(
          EngineOptions.defaults(1)
              .withDatabases(2)
              .withClock(clock)
              .withMaintenance(false)
              .withStorage(new Storage((from, visitor) -> new KeptLog(), tier)));
  private final StoreDriver store = new StoreDriver(engine);
  private final Watcher watcher = new Watcher();

  @AfterEach
  void close() {
    engine.watches().close(watcher);
    assertThat(engine.watches().watchers()).isZero();
    assertThat(engine.watches().keys()).isZero();
    store.close();
    engine.close();
  }

  @Test
  void everyChangeIsSeenAndNoRead() {
    put("1");
    watch();
    store.run("k", key -> assertThat(store.tx().string(key)).isNotNull());
    assertThat(stands()).isTrue();
    put("1");
    assertThat(watcher.touched()).isTrue();
    assertThat(stands()).isFalse();
    engine.watches().clear(watcher);
    watch();
    assertThat(stands()).isTrue();
    store.run("k", store.tx()::delete);
    assertThat(stands()).isFalse();
  }

  @Test
  void otherKeysAndDatabasesAreNotMeant() {
    watch();
    store.run("other", key -> store.tx().putString(key, Bytes.utf8("1"), Record.NO_EXPIRY));
    store.with(1, "k", key -> store.tx().append(key, Bytes.utf8("1")));
    assertThat(stands()).isTrue();
  }

  @Test
  void whatExpiresHasChangedOnceItsTimeHasCome() {
    put("1");
    store.run("k", key -> store.tx().expire(key, clock.wallMillis() + 10));
    watch();
    assertThat(stands()).isTrue();
    clock.advance(10);
    assertThat(stands()).isFalse();
    engine.watches().clear(watcher);
    watch(); // It is not there any more.
    assertThat(stands()).isTrue();
    engine.expireDue();
    assertThat(stands()).isTrue();
  }

  @Test
  void anElementThatExpiresChangesItsKey() {
    store.run(
        "k",
        key -> {
          HashView hash = store.tx().hashForUpdate(key);
          hash.put(Bytes.utf8("stays"), Bytes.utf8("1"), Record.NO_EXPIRY);
          hash.put(Bytes.utf8("goes"), Bytes.utf8("1"), clock.wallMillis() + 10);
        });
    watch();
    assertThat(stands()).isTrue();
    clock.advance(10);
    assertThat(stands()).isFalse();
  }

  @Test
  void whatLeavesMemoryAndComesBackHasNotChanged() {
    put("1");
    engine.checkpoint();
    watch();
    store.run("k", this::spill);
    assertThat(stands()).isTrue();
    store.run("k", key -> assertThat(store.tx().string(key)).isEqualTo(Bytes.utf8("1")));
    assertThat(stands()).isTrue();
  }

  @Test
  void anExpiryIsKnownOfWhatIsOnDisk() {
    put("1");
    store.run("k", key -> store.tx().expire(key, clock.wallMillis() + 10));
    engine.checkpoint();
    watch();
    store.run("k", this::spill);
    clock.advance(10);
    assertThat(stands()).isFalse();
  }

  @Test
  void wholeDatabasesTouchWhatWasThereOrIsThen() {
    watch();
    all(tx -> tx.all().flush(0));
    assertThat(stands()).isTrue();
    put("1");
    engine.watches().clear(watcher);
    watch();
    all(tx -> tx.all().flush(1));
    assertThat(stands()).isTrue();
    all(tx -> tx.all().flush(0));
    assertThat(stands()).isFalse();
    engine.watches().clear(watcher);
    store.with(1, "k", key -> store.tx().append(key, Bytes.utf8("1")));
    watch();
    all(tx -> tx.all().swap(0, 1));
    assertThat(stands()).isFalse();
  }

  @Test
  void whatIsTakenBackWasNoChange() {
    put("1");
    watch();
    store.begin();
    store.tx().undoable();
    put("2");
    store.tx().rollback();
    store.end();
    assertThat(stands()).isTrue();
    store.begin();
    store.tx().undoable();
    put("2");
    store.end();
    assertThat(stands()).isFalse();
  }

  @Test
  void whoHasGoneWatchesNothing() {
    engine.watches().close(watcher);
    watch();
    assertThat(watcher.count()).isZero();
  }

  /// Each thread adds to the number at one key and takes from another, if neither has changed since
  /// it looked.
  @Test
  void nothingIsLostBetweenLookAndChange() throws Exception {
    int threads = 4;
    int rounds = 2_000;
    try (ExecutorService executor = Executors.newFixedThreadPool(threads)) {
      List<Future<Integer>> all = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        all.add(executor.submit(() -> count(rounds)));
      }
      int sum = 0;
      for (Future<Integer> each : all) {
        sum += each.get();
      }
      int added = sum;
      assertThat(added).isPositive();
      store.run("k", key -> assertThat(store.tx().int64(key, 0)).isEqualTo(added));
      store.run("other", key -> assertThat(store.tx().int64(key, 0)).isEqualTo(-added));
    }
  }

  private int count(int rounds) {
    Key[] keys = {Key.of("k"), Key.of("other")};
    Watcher own = new Watcher();
    int added = 0;
    try (Tx tx = engine.newTx()) {
      for (int i = 0; i < rounds; i++) {
        long[] seen = new long[2];
        locked(
            tx,
            own,
            keys,
            () -> {
              for (int each = 0; each < 2; each++) {
                tx.watch(own, keys[each]);
                seen[each] = tx.int64(keys[each], 0);
              }
            });
        boolean[] done = new boolean[1];
        locked(
            tx,
            own,
            new Key[] {keys[i % 2]},
            () -> {
              tx.asOne();
              done[0] = tx.stands(own);
              if (done[0]) {
                tx.putInt64(keys[0], seen[0] + 1);
                tx.putInt64(keys[1], seen[1] - 1);
              }
            });
        added += done[0] ? 1 : 0;
        engine.watches().clear(own);
      }
    }
    return added;
  }

  private void locked(Tx tx, Watcher own, Key[] keys, Runnable part) {
    tx.begin(clock.wallMillis(), 0);
    own.addSlots(tx.slots());
    tx.lock(keys, keys.length);
    try {
      part.run();
    } finally {
      tx.end();
    }
  }

  private void put(String value) {
    store.run("k", key -> store.tx().putString(key, Bytes.utf8(value), Tx.KEEP_EXPIRY));
  }

  private void watch() {
    store.run("k", key -> store.tx().watch(watcher, key));
  }

  private boolean stands() {
    return store.is("k", key -> store.tx().stands(watcher));
  }

  private void all(Consumer<Tx> change) {
    store.begin();
    change.accept(store.tx());
    store.end();
  }

  private void spill(Key key) {
    Tx tx = store.tx();
    Database data = tx.keyspace().find(0);
    key.hash(tx.keyspace().hasher());
    assertThat(data).isNotNull();
    assertThat(tx.records().residency().spill(0, key, data.find(key))).isTrue();
  }
}
