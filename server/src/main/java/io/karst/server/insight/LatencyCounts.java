package io.karst.server.insight;

import org.jspecify.annotations.Nullable;

/// How often each command took how long.
///
/// Written by one worker alone, with plain stores; other threads may be a moment behind. A command
/// takes memory once it has been called: five kilobytes.
public final class LatencyCounts {
  private final long[] @Nullable [] counts;

  public LatencyCounts(int commandCount) {
    counts = new long[commandCount][];
  }

  /// A command took so long.
  public void record(int command, long nanos) {
    long[] buckets = counts[command];
    if (buckets == null) {
      buckets = new long[LatencyScale.BUCKETS];
      counts[command] = buckets;
    }
    buckets[LatencyScale.bucket(nanos)]++;
  }

  /// Adds what another worker has counted.
  public void add(LatencyCounts that) {
    for (int command = 0; command < counts.length; command++) {
      long[] others = that.counts[command];
      if (others == null) {
        continue;
      }
      long[] buckets = counts[command];
      if (buckets == null) {
        counts[command] = others.clone();
        continue;
      }
      for (int i = 0; i < buckets.length; i++) {
        buckets[i] += others[i];
      }
    }
  }

  /// What one command has taken since `before`.
  public LatencyHistogram histogram(int command, LatencyCounts before) {
    long[] buckets = counts[command];
    if (buckets == null) {
      return LatencyHistogram.EMPTY;
    }
    long[] since = buckets.clone();
    long[] earlier = before.counts[command];
    if (earlier != null) {
      for (int i = 0; i < since.length; i++) {
        since[i] -= earlier[i];
      }
    }
    return new LatencyHistogram(since);
  }
}
