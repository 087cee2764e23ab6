package io.karst.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.base.Bytes;
import io.karst.base.FaultyDisk;
import io.karst.engine.ManualClock;
import io.karst.history.History.Frame;
import io.karst.memory.MappedRegion;
import io.karst.memory.Record;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

/// Many appenders at once, and what others are told meanwhile.
class WalConcurrencyTest {
  private static final int THREADS = 4;
  private static final int KEYS = 16;

  private final long seed = Long.getLong("seed", System.nanoTime());

  /// Everything the log says is complete is whole in memory at that moment.
  @Test
  void whatIsCompleteIsWhole() throws Exception {
    System.out.println("seed " + seed);
    WalOptions options =
        WalOptions.defaults(new FaultyDisk(seed), seed)
            .withSegmentSize(1 << 25)
            .withClock(new ManualClock())
            .withPolicy(SyncPolicy.NO)
            .withThread(false);
    try (Wal wal = Wal.create(options, 0);
        ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
      List<Future<Long>> appending = new ArrayList<>();
      for (int i = 0; i < THREADS - 1; i++) {
        long threadSeed = seed + i;
        appending.add(threads.submit(() -> appendAlone(wal, threadSeed, 6_000_000)));
      }
      AtomicBoolean done = new AtomicBoolean();
      Future<Long> checking = threads.submit(() -> checkWhileTrue(wal, done));
      long sum = 0;
      for (Future<Long> one : appending) {
        sum += one.get();
      }
      done.set(true);
      assertThat(checking.get()).isEqualTo(sum);
    }
  }

  private static long appendAlone(Wal wal, long seed, long bytes) {
    SplittableRandom random = new SplittableRandom(seed);
    Bytes value = Bytes.of(new byte[300]);
    long sum = 0;
    while (sum < bytes) {
      // A new appender now and then: they come and go.
      try (Appender appender = wal.newAppender()) {
        for (int i = 0; i < 2000; i++) {
          Bytes part = value.slice(0, random.nextInt(value.length()));
          List<Effect> effects =
              List.of(new Effect.Set(1, Bytes.utf8("key"), part, random.nextInt()));
          appender.reserve(History.reservation(effects.getFirst()));
          appender.append(effects);
          sum += History.frameSize(effects);
        }
      }
    }
    return sum;
  }

  /// Checks each frame as soon as it is complete; returns where the last one ends.
  private static long checkWhileTrue(Wal wal, AtomicBoolean done) {
    CRC32C crc = new CRC32C();
    long checked = 0;
    long complete;
    do {
      boolean last = done.get();
      complete = wal.complete();
      while (checked < complete) {
        Segment segment = wal.stream().at(checked);
        MappedRegion memory = segment.memory();
        long offset = segment.offset(checked);
        assertThat(memory.getLong(offset + WalFormat.FRAME_LSN)).isEqualTo(checked);
        int length = memory.getInt(offset + WalFormat.FRAME_LENGTH);
        crc.reset();
        crc.update(memory.buffer(offset + 4, WalFormat.FRAME_PAYLOAD - 4 + length));
        assertThat((int) crc.getValue() ^ WalFormat.salt(wal.logId()))
            .isEqualTo(memory.getInt(offset));
        checked += WalFormat.frameSize(length);
      }
      if (last) {
        return checked;
      }
    } while (true);
  }

  /// The order of frames is that of the changes under a key's lock; whenever the process is killed
  /// or the power is cut, what was complete or durable before is found.
  @Test
  void aCrashAtAnyMomentKeepsAPrefixInOrder() throws Exception {
    System.out.println("seed " + seed);
    FaultyDisk disk = new FaultyDisk(seed);
    WalOptions options =
        WalOptions.defaults(disk, seed).withSegmentSize(1 << 16).withPolicy(SyncPolicy.ALWAYS);
    try (Wal wal = Wal.create(options, 0);
        ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
      int[] versions = new int[KEYS];
      Object[] locks = new Object[KEYS];
      Arrays.setAll(locks, i -> new Object());
      List<Callable<Void>> writers = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        long threadSeed = seed + i;
        writers.add(() -> write(wal, new SplittableRandom(threadSeed), locks, versions));
      }
      List<Future<Void>> writing = new ArrayList<>();
      writers.forEach(writer -> writing.add(threads.submit(writer)));
      do {
        long complete = wal.complete();
        check(options.withDisk(disk.afterKill()), complete);
        long durable = wal.durable();
        check(options.withDisk(disk.afterPowerCut()), durable);
      } while (!writing.stream().allMatch(Future::isDone));
      for (Future<Void> one : writing) {
        one.get();
      }
      Map<Bytes, Integer> last = check(options.withDisk(disk.afterKill()), wal.complete());
      for (int key = 0; key < KEYS; key++) {
        assertThat(last.getOrDefault(Bytes.utf8("key" + key), 0)).isEqualTo(versions[key]);
      }
    }
  }

  private static Void write(Wal wal, SplittableRandom random, Object[] locks, int[] versions) {
    try (Appender appender = wal.newAppender()) {
      for (int i = 0; i < 3000; i++) {
        int key = random.nextInt(KEYS);
        Bytes value = Bytes.of(new byte[random.nextInt(random.nextInt(100) == 0 ? 9000 : 200)]);
        appender.reserve(value.length() + 64 + 8);
        long end;
        synchronized (locks[key]) {
          int version = ++versions[key];
          end =
              appender.append(
                  List.of(
                      new Effect.Set(version, Bytes.utf8("key" + key), value, Record.NO_EXPIRY)));
        }
        if (random.nextInt(50) == 0) {
          wal.awaitDurable(end);
        }
      }
    }
    return null;
  }

  /// Checks what a disk has; returns the latest version of each key.
  private static Map<Bytes, Integer> check(WalOptions options, long atLeast) throws IOException {
    Map<Bytes, Integer> versions = new HashMap<>();
    try (WalReader reader = WalReader.open(options, 0)) {
      for (Frame frame : History.read(reader)) {
        Effect.Set set = (Effect.Set) frame.effects().getFirst();
        int before = versions.getOrDefault(set.key(), 0);
        assertThat(set.database()).as("the version of %s", set.key()).isEqualTo(before + 1);
        versions.put(set.key(), set.database());
      }
      assertThat(reader.end().lsn()).isGreaterThanOrEqualTo(atLeast);
    }
    return versions;
  }
}
