package io.karst.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.base.Bytes;
import io.karst.base.Fault;
import io.karst.history.KeptLog;
import io.karst.history.LogSource;
import io.karst.keyspace.Database;
import io.karst.keyspace.Key;
import io.karst.lsm.SimulatedTier;
import io.karst.memory.Record;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Random histories over an engine with a disk tier and a map beside it: checkpoints, failing ones
/// too, records dropped from memory, and crashes after which the tier has any part of what was
/// written since its last flush and the log has everything.
class TieredModelTest {
  private final long seed = Long.getLong("seed", System.nanoTime());
  private final Random random = new Random(seed);
  private final ManualClock clock = new ManualClock();
  private final KeptLog log = new KeptLog();
  private SimulatedTier tier = new SimulatedTier();
  private int crashes;
  private int failures;

  @Test
  void randomHistoriesSurviveSpillsAndCrashes() {
    System.out.println("TieredModelTest seed " + seed);
    try (ModelStore store = new ModelStore(random, clock, open())) {
      for (int step = 0; step < 40_000; step++) {
        store.step();
        tierStep(store);
        if (step % 2_000 == 0) {
          store.assertSame();
          assertRangesMatch(store);
        }
      }
      store.assertSame();
    }
    assertThat(crashes).isPositive();
    assertThat(failures).isPositive();
  }

  @Test
  void aCleanEndLeavesNothingToReplay() {
    System.out.println("TieredModelTest seed " + seed);
    ModelStore store = new ModelStore(random, clock, open());
    for (int step = 0; step < 5_000; step++) {
      store.step();
    }
    var left = store.snapshot();
    store.close();
    tier = tier.powerCut(random);
    assertThat(tier.meta()).isNotNull();
    assertThat(tier.meta().checkpointLsn()).isEqualTo(log.tail());
    try (ModelStore again = new ModelStore(random, clock, open())) {
      again.restore(left);
      again.assertSame();
    }
  }

  private void tierStep(ModelStore store) {
    switch (random.nextInt(400)) {
      case 0 -> store.engine().checkpoint();
      case 1 -> failingCheckpoint(store);
      case 2 -> crash(store);
      case 3, 4 -> store.deletePrefix();
      default -> {
        if (random.nextInt(3) == 0) {
          spill(store);
        }
      }
    }
  }

  private void failingCheckpoint(ModelStore store) {
    long failing = tier.steps() + random.nextInt(3);
    tier.beforeStep(step -> {
      if (step >= failing) {
        throw new Fault.ReadOnly("No space left on device");
      }
    });
    try {
      store.engine().checkpoint();
    } catch (Fault.ReadOnly full) {
      failures++;
    }
    tier.beforeStep(step -> {});
  }

  /// In the middle of a checkpoint, or not.
  private void crash(ModelStore store) {
    if (random.nextBoolean()) {
      failingCheckpoint(store);
    }
    crashes++;
    Engine former = store.engine();
    tier = tier.powerCut(random);
    store.replace(open());
    former.abandon();
    store.assertSame();
  }

  private void spill(ModelStore store) {
    int database = random.nextInt(ModelStore.DATABASES);
    Key key = Key.of(store.name());
    Tx tx = store.tx();
    tx.begin(clock.wallMillis(), database);
    tx.slots().add(key.slot());
    tx.lock();
    try {
      Database data = tx.keyspace().find(database);
      key.hash(tx.keyspace().hasher());
      long record = data == null ? Record.NONE : data.find(key);
      if (record != Record.NONE && !Record.tombstone(record)) {
        tx.records().residency().spill(database, key, record);
      }
    } finally {
      tx.end();
    }
  }

  private void assertRangesMatch(ModelStore store) {
    for (int database = 0; database < ModelStore.DATABASES; database++) {
      List<String> expected = new ArrayList<>(store.snapshot().get(database).keySet());
      assertThat(range(store, database, KeyRange.ALL, Integer.MAX_VALUE, false))
          .isEqualTo(expected);
      assertThat(range(store, database, KeyRange.ALL, Integer.MAX_VALUE, true))
          .isEqualTo(expected.reversed());
      List<String> tagged = expected.stream().filter(key -> key.startsWith("{tag}")).toList();
      assertThat(range(store, database, KeyRange.prefix(Bytes.utf8("{tag}")), 1_000, false))
          .isEqualTo(tagged);
      int limit = random.nextInt(20);
      assertThat(range(store, database, KeyRange.prefix(Bytes.utf8("{tag}")), limit, false))
          .isEqualTo(tagged.subList(0, Math.min(limit, tagged.size())));
    }
  }

  private List<String> range(
      ModelStore store, int database, KeyRange range, int limit, boolean reverse) {
    List<String> found = new ArrayList<>();
    store.tx().begin(clock.wallMillis(), database);
    store
        .tx()
        .all()
        .range(range, limit, reverse, false, (key, type, expiry, s) -> found.add(key.utf8()));
    store.tx().end();
    return found;
  }

  private Engine open() {
    LogSource source =
        (from, visitor) -> {
          for (long lsn = from; lsn < log.tail(); lsn++) {
            visitor.visit(lsn, log.frames().get((int) lsn));
          }
          visitor.release();
          return log;
        };
    return Engine.open(
        EngineOptions.defaults(seed)
            .withDatabases(ModelStore.DATABASES)
            .withClock(clock)
            .withMaintenance(false)
            .withStorage(new Storage(source, tier)));
  }
}
