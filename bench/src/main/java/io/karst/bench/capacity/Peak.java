package io.karst.bench.capacity;

import io.karst.bench.harness.ProcessFigures;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// Watches how much memory a process occupies at most.
final class Peak implements AutoCloseable {
  private static final int PERIOD_MILLIS = 100;

  private final long pid;
  private final ScheduledExecutorService watch =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("resident").daemon().factory());
  private volatile long bytes;

  @SuppressWarnings("FutureReturnValueIgnored")
  Peak(long pid) {
    this.pid = pid;
    watch.scheduleWithFixedDelay(this::look, 0, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
  }

  /// The most there was so far.
  long bytes() {
    return bytes;
  }

  @Override
  public void close() {
    watch.shutdownNow();
  }

  private void look() {
    bytes = Math.max(bytes, ProcessFigures.residentBytes(pid));
  }
}
