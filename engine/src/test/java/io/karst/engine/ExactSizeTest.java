package io.karst.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.base.Bytes;
import io.karst.history.KeptLog;
import io.karst.keyspace.Key;
import io.karst.lsm.SimulatedTier;
import io.karst.memory.Record;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/// The number of keys does not depend on where they are, not for a moment: `./karst torture` once
/// found a key too many while the warmer worked.
class ExactSizeTest {
  private static final int ROUNDS = 200_000;

  @Test
  void keysThatComeToMemoryAndLeaveItAreCountedOnce() throws Exception {
    KeptLog log = new KeptLog();
    Storage storage = new Storage((from, visitor) -> log, new SimulatedTier());
    EngineOptions options = EngineOptions.defaults(1).withMaintenance(false).withStorage(storage);
    try (Engine engine = Engine.open(options);
        StoreDriver store = new StoreDriver(engine);
        ExecutorService other = Executors.newSingleThreadExecutor()) {
      store.run("k", key -> store.tx().putString(key, Bytes.utf8("v"), 1L << 50));
      engine.checkpoints().runNow();
      Future<?> mover = other.submit(() -> move(engine));
      while (!mover.isDone()) {
        assertThat(engine.size(0)).isEqualTo(1);
        assertThat(engine.expiring(0)).isEqualTo(1);
      }
      mover.get();
    }
  }

  private static void move(Engine engine) {
    try (StoreDriver store = new StoreDriver(engine)) {
      for (int i = 0; i < ROUNDS; i++) {
        store.run("k", key -> spill(store.tx(), key));
        assertThat(store.is("k", store.tx()::exists)).isTrue();
      }
    }
  }

  private static void spill(Tx tx, Key key) {
    key.hash(tx.keyspace().hasher());
    long record = tx.keyspace().database(0).find(key);
    assertThat(record).isNotEqualTo(Record.NONE);
    assertThat(tx.records().residency().spill(0, key, record)).isTrue();
  }
}
