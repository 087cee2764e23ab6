package io.karst.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.base.FaultyDisk;
import io.karst.base.PowerCut;
import io.karst.history.FrameVisitor;
import io.karst.history.Log;
import io.karst.history.SyncPolicy;
import io.karst.history.Wal;
import io.karst.history.WalOptions;
import io.karst.history.WalReader;
import io.karst.keyspace.Database;
import io.karst.keyspace.Key;
import io.karst.lsm.SimulatedTier;
import io.karst.memory.Record;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// The whole store on a disk that loses its power, fills up, or fails to sync, at any step of its
/// I/O: what is there afterwards is what was there at some moment, with everything that was durable
/// by then; and if only the process was killed, with everything.
class CrashTest {
  private static final int ROUNDS = Integer.getInteger("rounds", 30);
  private static final int LIVES = 4;
  private static final int STEPS = 250;
  private static final int SEGMENT_SIZE = 4096 << 2;
  private static final List<SyncPolicy> POLICIES = List.of(SyncPolicy.values());

  /// Every disk there was, for as long as the tests run: what a store that was given up has mapped
  /// must not be used for another.
  private static final List<FaultyDisk> DISKS = new ArrayList<>();

  private final long seed = Long.getLong("seed", System.nanoTime());
  private Random random = new Random(seed);
  private ManualClock clock = new ManualClock();
  private FaultyDisk disk = new FaultyDisk(seed);
  private SimulatedTier tier = new SimulatedTier();
  private Wal wal;

  /// What the store was after each step of this life, and where its history ended.
  private final List<Moment> moments = new ArrayList<>();

  private record Moment(List<Map<String, ModelStore.Value>> state, long lsn) {}

  @Test
  void afterAPowerCutTheStoreIsWhatItWasAtSomeMomentWithAllThatWasDurable() throws IOException {
    System.out.println("CrashTest seed " + seed);
    for (int round = 0; round < ROUNDS; round++) {
      begin(seed + round);
      ModelStore store = new ModelStore(random, clock, open());
      for (int life = 0; life < LIVES; life++) {
        live(store, life);
        boolean killed = random.nextInt(4) == 0;
        restart(store, killed, seed + round);
      }
      DISKS.add(disk);
    }
  }

  private void begin(long roundSeed) {
    random = new Random(roundSeed);
    clock = new ManualClock();
    disk = new FaultyDisk(roundSeed);
    tier = new SimulatedTier();
  }

  /// Works until the power is cut, or for some steps.
  private void live(ModelStore store, int life) {
    moments.clear();
    note(store);
    disk.cutAt(disk.steps() + 1 + random.nextInt(life == 0 ? 40 : 120));
    try {
      for (int step = 0; step < STEPS; step++) {
        store.step();
        note(store);
        disturb(store);
      }
    } catch (PowerCut cut) {
      // The step in which it was cut has changed nothing: room is reserved before.
    }
  }

  private void note(ModelStore store) {
    moments.add(new Moment(store.snapshot(), wal.tail()));
  }

  private void disturb(ModelStore store) {
    switch (random.nextInt(40)) {
      case 0 -> wal.turn();
      case 1 -> wal.awaitDurable(wal.tail());
      case 2 -> store.engine().checkpoints().runNow();
      case 3 -> clock.advance(1_000);
      case 4, 5, 6, 7 -> spill(store);
      default -> {
        // Undisturbed.
      }
    }
  }

  private void restart(ModelStore store, boolean killed, long roundSeed) throws IOException {
    long durable = wal.durable();
    Engine former = store.engine();
    DISKS.add(disk);
    disk = killed ? disk.afterKill() : disk.afterPowerCut();
    tier = tier.powerCut(random);
    former.abandon();
    try {
      wal.close();
    } catch (PowerCut cut) {
      // It could not do what it wanted to.
    }
    store.replace(open());
    int first = killed ? moments.size() - 1 : 0;
    List<Map<String, ModelStore.Value>> found = store.found();
    for (int i = moments.size() - 1; i >= first; i--) {
      Moment moment = moments.get(i);
      if (store.alive(moment.state()).equals(found)) {
        store.restore(found);
        store.assertSame();
        return;
      }
      assertThat(moment.lsn())
          .as("round seed %d: what was durable up to %d is lost", roundSeed, durable)
          .isGreaterThan(durable);
    }
    throw new AssertionError("round seed " + roundSeed + ": the store is as it never was");
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

  private Engine open() throws IOException {
    return Engine.open(
        EngineOptions.defaults(seed)
            .withDatabases(ModelStore.DATABASES)
            .withClock(clock)
            .withMaintenance(false)
            .withStorage(new Storage(this::history, tier)));
  }

  private Log history(long from, FrameVisitor visitor) {
    WalOptions options =
        WalOptions.defaults(disk, seed)
            .withClock(clock)
            .withThread(false)
            .withSegmentSize(SEGMENT_SIZE)
            .withPolicy(POLICIES.get(random.nextInt(POLICIES.size())));
    try {
      if (!Wal.exists(disk)) {
        wal = Wal.create(options, from);
        return wal;
      }
      try (WalReader reader = WalReader.open(options, from)) {
        reader.replay(visitor);
        wal = Wal.open(options, reader);
        return wal;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
