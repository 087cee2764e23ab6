package io.karst.bench.jmh;

import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/// From the bytes of requests to the bytes of replies, without a socket: decode, look up, lock,
/// run, encode. The keys are chosen at random among a million that exist; an operation is one
/// command.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
@SuppressWarnings("NullAway.Init") // JMH calls the method that fills the fields.
public class HotPathBenchmark {
  private static final int KEYS = 1_000_000;
  private static final long SEED = 42;

  /// Commands that arrive together.
  private static final int PIPELINE = 64;

  /// Inputs that are prepared of each kind, for different keys; a power of two.
  private static final int INPUTS = 1 << 12;

  private final byte[][] aloneGets = new byte[INPUTS][];
  private final byte[][] aloneSets = new byte[INPUTS][];
  private final byte[][] pipelinedGets = new byte[INPUTS][];
  private final byte[][] pipelinedSets = new byte[INPUTS][];
  private HotPath path;
  private int next;

  @Setup(Level.Trial)
  public void fill() {
    path = new HotPath();
    for (int i = 0; i < KEYS; i++) {
      path.run(Requests.sets(i));
    }
    SplittableRandom random = new SplittableRandom(SEED);
    for (int i = 0; i < INPUTS; i++) {
      int[] keys = random.ints(PIPELINE, 0, KEYS).toArray();
      aloneGets[i] = Requests.gets(keys[0]);
      aloneSets[i] = Requests.sets(keys[0]);
      pipelinedGets[i] = Requests.gets(keys);
      pipelinedSets[i] = Requests.sets(keys);
    }
    checkReplies();
  }

  @TearDown(Level.Trial)
  public void close() {
    path.close();
  }

  @Benchmark
  public int getAlone() {
    return path.run(aloneGets[choose()]);
  }

  @Benchmark
  @OperationsPerInvocation(PIPELINE)
  public int getPipelined() {
    return path.run(pipelinedGets[choose()]);
  }

  @Benchmark
  public int setAlone() {
    return path.run(aloneSets[choose()]);
  }

  @Benchmark
  @OperationsPerInvocation(PIPELINE)
  public int setPipelined() {
    return path.run(pipelinedSets[choose()]);
  }

  /// A benchmark of error replies would be fast.
  private void checkReplies() {
    String value = "$" + Requests.VALUE_SIZE + "\r\n" + "x".repeat(Requests.VALUE_SIZE) + "\r\n";
    path.run(pipelinedGets[0]);
    expect(value.repeat(PIPELINE));
    path.run(pipelinedSets[0]);
    expect("+OK\r\n".repeat(PIPELINE));
  }

  private void expect(String replies) {
    if (!path.replies().equals(replies)) {
      throw new IllegalStateException("not the replies expected: " + path.replies());
    }
  }

  private int choose() {
    next = (next + 1) & (INPUTS - 1);
    return next;
  }
}
