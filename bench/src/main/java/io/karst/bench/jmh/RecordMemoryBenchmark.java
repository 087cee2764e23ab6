package io.karst.bench.jmh;

import io.karst.base.Bytes;
import io.karst.memory.Allocator;
import io.karst.memory.Magazine;
import io.karst.memory.Record;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/// Frees a record and creates another in its place, among some thousands per thread: what the
/// allocator costs alone, and with a second thread beside.
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class RecordMemoryBenchmark {
  private static final int RECORDS = 1 << 12;
  private static final long SEED = 42;

  /// What the threads share; closed with all they hold of it once the last has ended.
  @State(Scope.Benchmark)
  public static class Shared {
    final Allocator allocator = Allocator.open(Long.MAX_VALUE);

    @TearDown(Level.Trial)
    public void close() {
      allocator.close();
    }
  }

  /// A worker: its magazine, and its records.
  @State(Scope.Thread)
  @SuppressWarnings("NullAway.Init") // JMH calls the method that fills the fields.
  public static class Worker {
    final Bytes key = Bytes.utf8("key:000000000000");
    final long[] records = new long[RECORDS];
    final int[] valueSizes = new int[RECORDS];
    Magazine magazine;
    int next;

    @Setup(Level.Trial)
    public void fill(Shared shared) {
      magazine = shared.allocator.magazine();
      SplittableRandom random = new SplittableRandom(SEED);
      for (int i = 0; i < RECORDS; i++) {
        valueSizes[i] = random.nextInt(16, 256);
        records[i] = create(valueSizes[i]);
      }
    }

    long create(int valueSize) {
      return Record.create(magazine, key, 0, valueSize, Record.NO_EXPIRY, 0);
    }

    /// Replaces one record by one of another size.
    long replaceNext() {
      int index = next;
      next = (index + 1) & (RECORDS - 1);
      Record.free(magazine, records[index]);
      records[index] = create(valueSizes[(index * 7 + 1) & (RECORDS - 1)]);
      return records[index];
    }
  }

  @Benchmark
  @Threads(1)
  public long freeAndCreateOnOneThread(Worker worker) {
    return worker.replaceNext();
  }

  @Benchmark
  @Threads(2)
  public long freeAndCreateOnTwoThreads(Worker worker) {
    return worker.replaceNext();
  }
}
