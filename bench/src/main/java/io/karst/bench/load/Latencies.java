package io.karst.bench.load;

/// A histogram of durations: buckets that are at most a 64th of their value wide, from a nanosecond
/// to hours.
///
/// Thread: its owner's.
public final class Latencies {
  private static final int SUB_BITS = 6;
  private static final int SUB = 1 << SUB_BITS;
  private static final int BUCKETS = (Long.SIZE - SUB_BITS) * SUB;
  private static final double NANOS_PER_MILLI = 1e6;

  private final long[] counts = new long[BUCKETS];
  private long count;

  /// - `nanos`: at least 0.
  public void add(long nanos) {
    counts[bucket(nanos)]++;
    count++;
  }

  /// Adds all that another has.
  public void add(Latencies other) {
    for (int i = 0; i < BUCKETS; i++) {
      counts[i] += other.counts[i];
    }
    count += other.count;
  }

  public long count() {
    return count;
  }

  /// The duration that so many percent do not exceed, in milliseconds, rounded up to the end of a
  /// bucket; NaN if there is none.
  public double percentileMillis(double percent) {
    if (count == 0) {
      return Double.NaN;
    }
    long rank = Math.max(1, (long) Math.ceil(percent / 100 * count));
    long seen = 0;
    int bucket = -1;
    while (seen < rank) {
      bucket++;
      seen += counts[bucket];
    }
    return last(bucket) / NANOS_PER_MILLI;
  }

  /// Values below 2 · SUB have buckets of their own; above, each power of two has SUB of them.
  private static int bucket(long nanos) {
    int shift = Math.max(0, Long.SIZE - SUB_BITS - 1 - Long.numberOfLeadingZeros(nanos));
    return shift * SUB + (int) (nanos >>> shift);
  }

  /// The largest value of a bucket.
  private static long last(int bucket) {
    int shift = Math.max(0, bucket / SUB - 1);
    long head = bucket - (long) shift * SUB;
    return ((head + 1) << shift) - 1;
  }
}
