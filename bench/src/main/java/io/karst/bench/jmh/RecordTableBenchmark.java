package io.karst.bench.jmh;

import io.karst.base.Bytes;
import io.karst.memory.Allocator;
import io.karst.memory.Hasher;
import io.karst.memory.Magazine;
import io.karst.memory.Record;
import io.karst.memory.RecordTable;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/// The table of a slot, as it is with a million keys in the database (64 records), and a large one
/// whose look-ups miss the caches. Hashing the key is part of the operation.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
@SuppressWarnings("NullAway.Init") // JMH calls the method that fills the fields.
public class RecordTableBenchmark {
  private static final long SEED = 42;
  private static final int VALUE_SIZE = 64;

  /// How many random choices are prepared.
  private static final int CHOICES = 1 << 16;

  @Param({"64", "1000000"})
  int records;

  private final Hasher hasher = new Hasher(SEED, ~SEED);
  private final int[] choices = new int[CHOICES];
  private Allocator allocator;
  private Magazine magazine;
  private RecordTable table;
  private Bytes[] keys;
  private Bytes[] missing;
  private int next;

  @Setup(Level.Trial)
  public void fill() {
    allocator = Allocator.open(Long.MAX_VALUE);
    magazine = allocator.magazine();
    table = new RecordTable(hasher);
    keys = new Bytes[records];
    missing = new Bytes[records];
    for (int i = 0; i < records; i++) {
      keys[i] = Bytes.utf8(String.format(Locale.ROOT, "key:%012d", i));
      missing[i] = Bytes.utf8(String.format(Locale.ROOT, "nil:%012d", i));
      add(keys[i]);
    }
    SplittableRandom random = new SplittableRandom(SEED);
    for (int i = 0; i < CHOICES; i++) {
      choices[i] = random.nextInt(records);
    }
  }

  @TearDown(Level.Trial)
  public void close() {
    magazine.close();
    allocator.close();
  }

  @Benchmark
  public long findPresent() {
    Bytes key = keys[choose()];
    return table.find(hasher.hash(key), key);
  }

  @Benchmark
  public long findMissing() {
    Bytes key = missing[choose()];
    return table.find(hasher.hash(key), key);
  }

  /// Takes a record out, frees it, and puts a new one of the same key in.
  @Benchmark
  public long removeAndAdd() {
    Bytes key = keys[choose()];
    long hash = hasher.hash(key);
    long record = table.find(hash, key);
    table.remove(magazine, hash, record);
    Record.free(magazine, record);
    return add(key);
  }

  private long add(Bytes key) {
    long record = Record.create(magazine, key, 0, VALUE_SIZE, Record.NO_EXPIRY, 0);
    table.add(magazine, hasher.hash(key), record);
    return record;
  }

  private int choose() {
    next = (next + 1) & (CHOICES - 1);
    return choices[next];
  }
}
