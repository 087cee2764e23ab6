package io.karst.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.karst.base.Fault;
import io.karst.history.KeptLog;
import io.karst.history.LogSource;
import io.karst.keyspace.Database;
import io.karst.keyspace.Key;
import io.karst.lsm.Amended;
import io.karst.lsm.SimulatedTier;
import io.karst.lsm.TierCursor;
import io.karst.memory.Record;
import io.karst.value.NodeLimit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/// Collections of all types that the disk tier gets by and by, beside an engine that has everything
/// in memory: random changes, in the middle of checkpoints too, checkpoints that fail, records
/// dropped from memory, crashes after which the tier has any part of what was written since its
/// last flush, databases emptied and exchanged, values given to other keys, transactions taken
/// back.
class AmendedModelTest {
  private static final int DATABASES = 2;
  private static final int AMENDED_FROM = 1 << 10;
  private static final int STEPS = Integer.getInteger("steps", 30_000);

  private final long seed = Long.getLong("seed", System.nanoTime());
  private final Random random = new Random(seed);
  private final ManualClock clock = new ManualClock();
  private final KeptLog log = new KeptLog();
  private SimulatedTier tier = new SimulatedTier();
  private final Engine model =
      Engine.open(
          EngineOptions.defaults(seed)
              .withDatabases(DATABASES)
              .withClock(clock)
              .withMaintenance(false));
  private final StoreDriver expected = new StoreDriver(model);
  private Engine engine = open();
  private StoreDriver store = new StoreDriver(engine);
  private int amended;
  private int partsMax;
  private int spills;
  private int failures;
  private int rollbacks;

  @Test
  void whatIsWrittenByAndByIsReadAsItWas() {
    System.out.println("AmendedModelTest seed " + seed);
    for (int step = 0; step < STEPS; step++) {
      change();
      disturb();
      if (step % 1_000 == 0) {
        assertSame();
      }
    }
    assertSame();
    assertThat(amended).as("values that were amended").isGreaterThan(STEPS / 100);
    assertThat(partsMax).isGreaterThan(1);
    assertThat(spills).isPositive();
    assertThat(failures).isPositive();
    assertThat(rollbacks).isPositive();
    emptyAll();
    await().atMost(Duration.ofSeconds(30)).until(() -> engine.memory().liveBytes() == 0);
    store.close();
    engine.close();
    expected.close();
    model.close();
  }

  private void change() {
    switch (random.nextInt(50)) {
      case 0 -> {
        Consumer<StoreDriver> move = move();
        together(driver -> move.accept(driver));
      }
      case 1 -> transaction();
      default -> both(single());
    }
  }

  private Consumer<StoreDriver> single() {
    int database = random.nextInt(DATABASES);
    String name = RandomChanges.name(random);
    long changes = random.nextLong();
    clock.advance(random.nextInt(10));
    return driver ->
        driver.with(
            database,
            name,
            key -> {
              RandomChanges.run(driver.tx(), key, new Random(changes));
              return true;
            });
  }

  /// Within a transaction that has all slots.
  private Consumer<StoreDriver> move() {
    int from = random.nextInt(DATABASES);
    int to = random.nextInt(DATABASES);
    String source = RandomChanges.name(random);
    String target = RandomChanges.nameLike(source, random);
    return driver ->
        driver.with(
            from,
            source,
            key ->
                (from == to && source.equals(target))
                    || driver.tx().values().move(key, Key.of(target), to));
  }

  private void together(Consumer<StoreDriver> changes) {
    both(driver -> {
      driver.begin();
      changes.accept(driver);
      driver.end();
    });
  }

  /// Some changes as one, half of them taken back, which the model does not see then.
  private void transaction() {
    boolean done = random.nextBoolean();
    List<Consumer<StoreDriver>> changes = new ArrayList<>();
    for (int i = random.nextInt(6); i >= 0; i--) {
      changes.add(random.nextInt(5) == 0 ? move() : single());
    }
    store.begin();
    store.tx().undoable();
    changes.forEach(change -> change.accept(store));
    if (done) {
      store.end();
      expected.begin();
      changes.forEach(change -> change.accept(expected));
      expected.end();
    } else {
      store.tx().rollback();
      store.end();
      rollbacks++;
    }
  }

  private void both(Consumer<StoreDriver> call) {
    call.accept(store);
    call.accept(expected);
  }

  private void disturb() {
    switch (random.nextInt(1_000)) {
      case 0, 1, 2, 3, 4, 5, 6, 7, 8, 9 -> engine.checkpoints().runNow();
      case 10, 11, 12 -> checkpointDuringChanges();
      case 13, 14 -> failingCheckpoint();
      case 15, 16 -> crash();
      case 17 -> copy();
      case 18 -> all(tx -> tx.all().swap(0, 1));
      case 19 -> {
        int database = random.nextInt(DATABASES);
        if (random.nextInt(10) == 0) {
          all(tx -> tx.all().flush(database));
        }
      }
      case 20, 21 -> {
        engine.expireDue();
        engine.compact();
      }
      default -> {
        if (random.nextInt(4) == 0) {
          spill();
        }
      }
    }
  }

  private void checkpointDuringChanges() {
    tier.beforeStep(step -> {
      for (int i = random.nextInt(30); i > 0; i--) {
        change();
      }
      if (random.nextInt(10) == 0) {
        all(tx -> tx.all().swap(0, 1));
      }
    });
    engine.checkpoints().runNow();
    tier.beforeStep(step -> {});
  }

  private void failingCheckpoint() {
    long failing = tier.steps() + random.nextInt(3);
    tier.beforeStep(step -> {
      if (step >= failing) {
        change();
        throw new Fault.ReadOnly("No space left on device");
      }
    });
    failures += engine.checkpoints().runNow() ? 0 : 1;
    tier.beforeStep(step -> {});
  }

  /// In the middle of a checkpoint, or not.
  private void crash() {
    if (random.nextBoolean()) {
      failingCheckpoint();
    }
    Engine former = engine;
    tier = tier.powerCut(random);
    engine = open();
    store = new StoreDriver(engine);
    former.abandon();
    assertSame();
  }

  private void copy() {
    String name = RandomChanges.name(random);
    both(driver -> driver.with(0, name, key -> driver.tx().values().copy(key, Key.of(name), 1)));
  }

  private void all(Consumer<Tx> change) {
    both(driver -> {
      Tx tx = driver.tx();
      tx.begin(clock.wallMillis(), 0);
      tx.lockAll();
      try {
        change.accept(tx);
      } finally {
        tx.end();
      }
    });
  }

  private void spill() {
    int database = random.nextInt(DATABASES);
    Key key = Key.of(RandomChanges.name(random));
    Tx tx = store.tx();
    tx.begin(clock.wallMillis(), database);
    tx.slots().add(key.slot());
    tx.lock();
    try {
      Database data = tx.keyspace().find(database);
      key.hash(tx.keyspace().hasher());
      long record = data == null ? Record.NONE : data.find(key);
      if (record != Record.NONE && !Record.tombstone(record)) {
        spills += tx.records().residency().spill(database, key, record) ? 1 : 0;
      }
    } finally {
      tx.end();
    }
  }

  private void emptyAll() {
    for (int database = 0; database < DATABASES; database++) {
      for (String name : names(database)) {
        store.with(database, name, key -> store.tx().delete(key));
      }
    }
    engine.checkpoints().runNow();
    assertThat(tier.databases()).isEmpty();
  }

  private void assertSame() {
    engine.expireDue();
    model.expireDue();
    for (int database = 0; database < DATABASES; database++) {
      assertThat(engine.size(database)).isEqualTo(model.size(database));
      assertThat(engine.expiring(database)).isEqualTo(model.expiring(database));
      for (String name : names(database)) {
        int in = database;
        String text = store.with(in, name, key -> RandomChanges.text(store.tx(), key));
        assertThat(text)
            .as("seed %d: %s in database %d", seed, name, database)
            .isEqualTo(expected.with(in, name, key -> RandomChanges.text(expected.tx(), key)));
      }
      look(engine.keyspace().id(database));
    }
  }

  private Set<String> names(int database) {
    Set<String> names = new TreeSet<>();
    both(driver -> {
      driver.tx().begin(clock.wallMillis(), database);
      driver.tx().all().forEach(-1, (key, type, expiry) -> names.add(key.utf8()));
      driver.tx().end();
    });
    return names;
  }

  private void look(int id) {
    try (TierCursor cursor = tier.keys(id, null, false, true)) {
      while (cursor.next()) {
        Amended beside = cursor.stored().amended();
        amended += beside == null ? 0 : 1;
        partsMax = Math.max(partsMax, beside == null ? 0 : beside.count());
      }
    }
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
    Engine opened =
        Engine.open(
            EngineOptions.defaults(seed)
                .withDatabases(DATABASES)
                .withClock(clock)
                .withMaintenance(false)
                .withStorage(new Storage(source, tier).withAmendedFrom(AMENDED_FROM)));
    opened.encodings().hashEntriesMax(8);
    opened.encodings().setEntriesMax(8);
    opened.encodings().sortedSetEntriesMax(8);
    opened.encodings().listNodeLimit(NodeLimit.of(10));
    opened.encodings().streamNodeEntriesMax(10);
    return opened;
  }
}
