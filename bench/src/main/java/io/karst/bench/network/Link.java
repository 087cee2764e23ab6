package io.karst.bench.network;

/// One direction between two members.
///
/// Thread-safe.
public final class Link {
  private static final long NANOS_PER_MILLI = 1_000_000;
  private static final long NANOS_PER_SECOND = 1_000_000_000;

  private Condition condition = Condition.WHOLE;

  public synchronized void set(Condition condition) {
    this.condition = condition;
    notifyAll();
  }

  /// Waits until something gets through.
  ///
  /// - `sentNanos`: when it came here.
  /// - `beginNanos`: when what was sent before it had got through.
  synchronized void pass(long sentNanos, long beginNanos, int size) throws InterruptedException {
    long waitNanos = waitNanos(sentNanos, beginNanos, size);
    while (waitNanos > 0) {
      // Rounded up; how long nobody knows, while it is cut.
      wait(condition.cut() ? 0 : Math.ceilDiv(waitNanos, NANOS_PER_MILLI));
      waitNanos = waitNanos(sentNanos, beginNanos, size);
    }
  }

  private long waitNanos(long sentNanos, long beginNanos, int size) {
    if (condition.cut()) {
      return Long.MAX_VALUE;
    }
    long now = System.nanoTime();
    long delayed = sentNanos + condition.delayMillis() * NANOS_PER_MILLI - now;
    if (condition.bytesPerSecond() == 0) {
      return delayed;
    }
    long carried = beginNanos + size * NANOS_PER_SECOND / condition.bytesPerSecond() - now;
    return Math.max(delayed, carried);
  }
}
