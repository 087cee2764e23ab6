package io.karst.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.base.Fault;
import io.karst.base.FaultyDisk;
import io.karst.base.PowerCut;
import io.karst.engine.ManualClock;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// Crashes of all kinds, in the middle of everything, recovery included: what a log has afterwards
/// is what was appended, up to some point; after all that was durable, and all that was complete
/// if only the process died.
class WalCrashTest {
  private final long seed = Long.getLong("seed", System.nanoTime());
  private final int rounds = Integer.getInteger("rounds", 300);

  @Test
  void keepsWhatWasDurableInAnyHistoryOfCrashes() throws IOException {
    for (long round = seed; round < seed + rounds; round++) {
      try {
        new Life(round).live();
      } catch (Throwable e) {
        throw new AssertionError("-Drounds=1 -Dseed=" + round, e);
      }
    }
  }

  @Test
  void keepsWhatWasDurableAtEveryStep() throws IOException {
    System.out.println("seed " + seed);
    long steps = Long.MAX_VALUE;
    for (long step = 0; step < steps; step++) {
      try {
        Life life = new Life(seed);
        life.disk.cutAt(step);
        steps = life.liveOnce();
      } catch (Throwable e) {
        throw new AssertionError("seed " + seed + ", cut at step " + step, e);
      }
    }
  }

  /// A log through several crashes.
  private static final class Life {
    private static final int POWER_CUT = 0;
    private static final int KILL = 1;
    private static final int CLOSE = 2;

    private final SplittableRandom random;
    private final ManualClock clock = new ManualClock();
    private final History history = new History();
    private FaultyDisk disk;

    /// Whether a log was ever ready to be written to. One that a crash left half made, and another
    /// found, may be gone with the next.
    private boolean opened;

    /// Where recovery begins: what a checkpoint would remember.
    private long from;

    /// What has to be on disk, and what has to be found.
    private long durable;

    private long expected;

    /// If not 0, all frames are of one effect with a value of this size. With 1 they take 32 bytes,
    /// as marks do: whatever comes after a crash then ends where something from before it begins.
    private final int valueSize;

    private final int segmentSize;

    Life(long seed) {
      random = new SplittableRandom(seed);
      valueSize = random.nextBoolean() ? 0 : 1 << Math.max(0, random.nextInt(20) - 10);
      segmentSize = 4096 << random.nextInt(3);
      disk = new FaultyDisk(random.nextLong());
      from = random.nextInt(4) * 8L * 1021;
    }

    void live() throws IOException {
      for (int crashes = 2 + random.nextInt(4); crashes > 0; crashes--) {
        if (random.nextBoolean()) {
          disk.cutAt(disk.steps() + random.nextInt(80));
        }
        run();
      }
      run();
    }

    /// Runs, is cut, and comes back; returns how many steps the first run had.
    long liveOnce() throws IOException {
      FaultyDisk first = disk;
      run();
      run();
      return first.steps();
    }

    private void run() throws IOException {
      Wal wal;
      disk.failSyncs(random.nextInt(20) == 0 ? "Input/output error" : null);
      try {
        wal = open();
      } catch (PowerCut cut) {
        disk = disk.afterPowerCut();
        expected = durable;
        return;
      } catch (IOException failed) {
        // The next process finds what it has left in the page cache.
        disk = disk.afterKill();
        return;
      }
      List<Appender> appenders = new ArrayList<>();
      int kind = random.nextInt(3);
      try {
        appenders.addAll(List.of(wal.newAppender(), wal.newAppender(), wal.newAppender()));
        for (int i = random.nextInt(80); i > 0; i--) {
          act(wal, appenders.get(random.nextInt(appenders.size())));
        }
      } catch (PowerCut e) {
        kind = POWER_CUT;
      } catch (Fault.ReadOnly e) {
        kind = KILL;
      }
      end(wal, appenders, kind);
    }

    private void end(Wal wal, List<Appender> appenders, int kind) {
      durable = Math.max(durable, wal.durable());
      expected = durable;
      FaultyDisk found = disk.afterPowerCut();
      if (kind == KILL) {
        expected = wal.complete();
        found = disk.afterKill();
      }
      appenders.forEach(Appender::close);
      try {
        wal.close();
        if (kind == CLOSE) {
          durable = wal.durable();
          expected = durable;
          found = disk.afterPowerCut();
        }
      } catch (PowerCut cut) {
        // It could not do what it wanted to.
      }
      disk = found;
    }

    private Wal open() throws IOException {
      WalOptions options =
          WalOptions.defaults(disk, random.nextLong())
              .withClock(clock)
              .withSegmentSize(segmentSize)
              .withPolicy(policy())
              .withThread(false);
      Wal wal = openOrCreate(options);
      opened = true;
      return wal;
    }

    private Wal openOrCreate(WalOptions options) throws IOException {
      if (!Wal.exists(disk)) {
        assertThat(opened).as("a log that had been opened is gone").isFalse();
        return Wal.create(options, from);
      }
      try (WalReader reader = WalReader.open(options, from)) {
        history.checkPrefix(reader, from, expected);
        return Wal.open(options, reader);
      }
    }

    private void act(Wal wal, Appender appender) {
      switch (random.nextInt(16)) {
        case 0 -> wal.requestSync(wal.tail());
        case 1 -> wal.awaitDurable(wal.tail());
        case 2 -> clock.advance(random.nextInt(1500));
        case 3 -> checkpoint(wal);
        case 4, 5 -> wal.turn();
        case 6 -> wal.policy(policy());
        case 7 -> disk.failSyncs(random.nextInt(8) == 0 ? "Input/output error" : null);
        default -> append(appender);
      }
      durable = Math.max(durable, wal.durable());
    }

    private SyncPolicy policy() {
      List<SyncPolicy> policies = List.of(SyncPolicy.values());
      return policies.get(random.nextInt(policies.size()));
    }

    private void append(Appender appender) {
      if (valueSize == 0) {
        history.append(appender, random, random.nextInt(30) == 0 ? 50_000 : 2000);
      } else {
        for (int i = random.nextInt(64); i >= 0; i--) {
          history.append(appender, List.of(history.set(random, valueSize)));
        }
      }
    }

    /// What is durable may be checkpointed, and need not be replayed then.
    private void checkpoint(Wal wal) {
      List<History.Frame> frames = history.from(from);
      if (!frames.isEmpty()) {
        History.Frame frame = frames.get(random.nextInt(frames.size()));
        if (frame.endLsn() <= wal.durable()) {
          from = frame.endLsn();
          history.forget(from);
          wal.truncateBefore(from);
        }
      }
    }
  }
}
