package io.karst.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.base.Bytes;
import io.karst.history.KeptLog;
import io.karst.lsm.SimulatedTier;
import io.karst.memory.Record;
import io.karst.value.ValueType;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Databases that exchange their numbers while a checkpoint goes from one to the next.
class CheckpointSwapTest {
  private final ManualClock clock = new ManualClock();
  private final KeptLog log = new KeptLog();

  @Test
  void aRoundLeavesOutNoDatabase() {
    SimulatedTier tier = new SimulatedTier();
    Engine engine = open(tier);
    try (StoreDriver store = new StoreDriver(engine)) {
      put(store, 0, "first");
      put(store, 1, "second");
      tier.beforeStep(step -> {
        if (step == 0) {
          store.begin();
          store.tx().all().swap(0, 1);
          store.end();
        }
      });
      assertThat(engine.checkpoints().runNow()).isTrue();
    }
    Engine again = open(tier.powerCut(new Random(1)));
    engine.abandon();
    try (StoreDriver store = new StoreDriver(again)) {
      assertThat(type(store, 0, "second")).isEqualTo(ValueType.STRING);
      assertThat(type(store, 1, "first")).isEqualTo(ValueType.STRING);
    }
    again.abandon();
  }

  private static ValueType type(StoreDriver store, int database, String name) {
    return store.with(database, name, key -> store.tx().type(key));
  }

  private static void put(StoreDriver store, int database, String name) {
    Bytes value = Bytes.utf8("v");
    store.with(
        database,
        name,
        key -> {
          store.tx().putString(key, value, Record.NO_EXPIRY);
          return true;
        });
  }

  private Engine open(SimulatedTier tier) {
    Storage storage =
        new Storage(
            (from, visitor) -> {
              for (long lsn = from; lsn < log.tail(); lsn++) {
                visitor.visit(lsn, log.frames().get((int) lsn));
              }
              visitor.release();
              return log;
            },
            tier);
    return Engine.open(
        EngineOptions.defaults(1).withClock(clock).withMaintenance(false).withStorage(storage));
  }
}
