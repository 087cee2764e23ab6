package io.karst.engine;

import io.karst.history.KeptLog;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// A plain map beside the engine, random histories over both, and the replayed history at the end.
class EngineModelTest {
  private final long seed = Long.getLong("seed", System.nanoTime());
  private final ManualClock clock = new ManualClock();
  private final KeptLog log = new KeptLog();
  private final EngineOptions options =
      EngineOptions.defaults(seed)
          .withDatabases(ModelStore.DATABASES)
          .withClock(clock)
          .withMaintenance(false);

  @Test
  void randomHistoriesMatchAModelAndReplayToTheSameState() {
    System.out.println("EngineModelTest seed " + seed);
    try (ModelStore store =
        new ModelStore(new Random(seed), clock, Engine.open(options.withLog(log)))) {
      for (int step = 0; step < 40_000; step++) {
        store.step();
        if (step % 4_000 == 0) {
          store.assertSame();
        }
      }
      store.assertSame();
      Engine recorded = store.engine();
      try (StoreDriver other = new StoreDriver(store.replace(Engine.open(options)))) {
        Replay replay = new Replay(other.tx());
        log.effects().forEach(replay::apply);
        store.assertSame();
      }
      recorded.close();
    }
  }
}
