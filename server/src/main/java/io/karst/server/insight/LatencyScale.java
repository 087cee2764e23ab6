package io.karst.server.insight;

/// How times are put into buckets: sixteen of equal width for each power of two, so that a bucket
/// is at most a sixteenth of its times wide, and below 16 ns one a nanosecond.
final class LatencyScale {
  private static final int STEP_BITS = 4;
  private static final int STEPS = 1 << STEP_BITS;

  /// Times from 2^41 ns on, some 37 minutes, are in the last bucket.
  private static final int POWER_MAX = 40;

  static final int BUCKETS = (POWER_MAX - STEP_BITS + 2) * STEPS;

  private LatencyScale() {}

  /// The bucket of a time; that of 0 if it is negative.
  static int bucket(long nanos) {
    if (nanos < STEPS) {
      return (int) Math.max(nanos, 0);
    }
    int power = Long.SIZE - 1 - Long.numberOfLeadingZeros(nanos);
    if (power > POWER_MAX) {
      return BUCKETS - 1;
    }
    int step = (int) (nanos >>> (power - STEP_BITS)) & (STEPS - 1);
    return (power - STEP_BITS + 1) * STEPS + step;
  }

  /// The shortest time of a bucket.
  static long shortest(int bucket) {
    int row = bucket >>> STEP_BITS;
    long step = bucket & (STEPS - 1);
    return row == 0 ? step : (STEPS + step) << (row - 1);
  }

  /// The longest time of a bucket.
  static long longest(int bucket) {
    return shortest(bucket + 1) - 1;
  }
}
