package io.karst.cluster;

import java.util.Arrays;

/// How long the latest entries took to be committed. Thread-safe.
final class CommitTimes {
  private static final int COUNT = 1024;
  private static final double HIGH = 0.99;

  private final long[] nanos = new long[COUNT];
  private long count;

  synchronized void add(long took) {
    nanos[(int) (count++ % COUNT)] = took;
  }

  /// 99 of 100 took no longer, in microseconds; 0 if there were none.
  long highMicros() {
    long[] sorted;
    synchronized (this) {
      sorted = Arrays.copyOf(nanos, (int) Math.min(count, COUNT));
    }
    if (sorted.length == 0) {
      return 0;
    }
    Arrays.sort(sorted);
    return sorted[(int) (HIGH * (sorted.length - 1))] / 1000;
  }
}
