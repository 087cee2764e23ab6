package io.karst.server.session;

import io.karst.base.Clock;
import io.karst.memory.Allocator;
import java.util.Arrays;

/// How much is being done per second, and the most memory there was: what counters alone do not
/// tell.
///
/// Ten times a second a thread of its own, `karst-rates`, looks at the counters; a rate is the mean
/// over the latest [#SAMPLES] looks. Every so many looks the [MemoryBudget] is adjusted, and at
/// each the [HeapBound] looks, too.
/// Thread-safe.
public final class Rates implements AutoCloseable {
  private static final int SAMPLES = 16;
  private static final long PERIOD_MILLIS = 100;
  private static final double NANOS_PER_SECOND = 1e9;

  /// The counters at one moment.
  private record Sample(long nanos, long commands, long bytesIn, long bytesOut) {}

  private final Stats stats;
  private final Allocator memory;
  private final MemoryBudget budget;
  private final ClientEviction clients;
  private final HeapBound heap = new HeapBound();
  private final Clock clock;
  private final long startupMemoryBytes;
  private final Thread thread =
      Thread.ofPlatform().daemon().name("karst-rates").unstarted(this::run);
  private final Sample[] samples = new Sample[SAMPLES];
  private int next;
  private long peakMemoryBytes;

  Rates(Stats stats, Allocator memory, MemoryBudget budget, ClientEviction clients, Clock clock) {
    this.stats = stats;
    this.budget = budget;
    this.clients = clients;
    this.memory = memory;
    this.clock = clock;
    startupMemoryBytes = memory.totalBytes();
    Arrays.fill(samples, now());
  }

  /// Looks at the counters from now on.
  public void start() {
    thread.start();
  }

  public synchronized double commandsPerSecond() {
    return perSecond(latest().commands - oldest().commands);
  }

  public synchronized double bytesInPerSecond() {
    return perSecond(latest().bytesIn - oldest().bytesIn);
  }

  public synchronized double bytesOutPerSecond() {
    return perSecond(latest().bytesOut - oldest().bytesOut);
  }

  /// The most native memory that was seen in use.
  public synchronized long peakMemoryBytes() {
    return peakMemoryBytes;
  }

  /// The native memory in use before the first connection.
  public long startupMemoryBytes() {
    return startupMemoryBytes;
  }

  @Override
  public void close() {
    thread.interrupt();
  }

  synchronized void sample() {
    samples[next] = now();
    next = (next + 1) % SAMPLES;
    peakMemoryBytes = Math.max(peakMemoryBytes, memory.totalBytes());
  }

  private void run() {
    int looks = 0;
    try {
      while (true) {
        Thread.sleep(PERIOD_MILLIS);
        sample();
        heap.look();
        clients.look();
        if (looks++ % SAMPLES == 0) {
          budget.adjust();
        }
      }
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  private Sample now() {
    return new Sample(
        clock.monotonicNanos(),
        stats.commandsProcessed(),
        stats.netInputBytes(),
        stats.netOutputBytes());
  }

  private Sample latest() {
    return samples[(next + SAMPLES - 1) % SAMPLES];
  }

  private Sample oldest() {
    return samples[next];
  }

  /// Never below 0: the counters may have been set back in between.
  private double perSecond(long count) {
    long nanos = latest().nanos - oldest().nanos;
    return nanos <= 0 || count < 0 ? 0 : count / (nanos / NANOS_PER_SECOND);
  }
}
