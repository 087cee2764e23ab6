package io.karst.server.insight;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The times that one command took. Immutable.
public final class LatencyHistogram {
  static final LatencyHistogram EMPTY = new LatencyHistogram(new long[LatencyScale.BUCKETS]);

  private static final long NANOS_PER_MICRO = 1000;

  private final long[] buckets;
  private final long count;

  LatencyHistogram(long[] buckets) {
    this.buckets = buckets;
    count = Arrays.stream(buckets).sum();
  }

  /// How many times there are.
  public long count() {
    return count;
  }

  /// So many took up to `micros`, the upper end of a bucket of the answer.
  public record Cumulated(long micros, long count) {}

  /// The counts up to each power of two of microseconds at which there are more than up to the one
  /// before, 1 being the first.
  public List<Cumulated> byPowersOfTwo() {
    List<Cumulated> answer = new ArrayList<>();
    long seen = 0;
    long told = 0;
    long micros = 1;
    for (int i = 0; i < buckets.length; i++) {
      while (LatencyScale.longest(i) > micros * NANOS_PER_MICRO) {
        told = tell(answer, micros, seen, told);
        micros *= 2;
      }
      seen += buckets[i];
    }
    tell(answer, micros, seen, told);
    return answer;
  }

  private static long tell(List<Cumulated> answer, long micros, long seen, long told) {
    if (seen > told) {
      answer.add(new Cumulated(micros, seen));
    }
    return seen;
  }

  /// The time that `percent` of a hundred calls do not exceed, in microseconds: the longest of its
  /// bucket; 0 if there are none.
  public double percentileMicros(double percent) {
    long wanted = (long) Math.ceil((double) count * Math.clamp(percent, 0, 100) / 100);
    long seen = 0;
    for (int i = 0; i < buckets.length; i++) {
      seen += buckets[i];
      if (seen >= wanted && seen > 0) {
        return (double) LatencyScale.longest(i) / NANOS_PER_MICRO;
      }
    }
    return 0;
  }

  /// How many took at most `nanos`, as far as buckets tell.
  public long countUpTo(long nanos) {
    long seen = 0;
    for (int i = 0; i < buckets.length && LatencyScale.longest(i) <= nanos; i++) {
      seen += buckets[i];
    }
    return seen;
  }
}
