package io.karst.engine;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/// What a worker counts: written by its thread alone, read by any, a moment old.
public final class Counters {
  private static final VarHandle COUNTS = MethodHandles.arrayElementVarHandle(long[].class);

  /// What is counted.
  public enum Counter {
    /// Reads of a key that exists.
    HITS,
    /// Reads of a key that does not.
    MISSES,
    /// Keys removed because they were due.
    EXPIRED
  }

  private static final Counter[] ALL = Counter.values();

  private final long[] counts = new long[ALL.length];

  void add(Counter counter, long count) {
    int index = counter.ordinal();
    COUNTS.setOpaque(counts, index, counts[index] + count);
  }

  /// The count so far.
  public long count(Counter counter) {
    return (long) COUNTS.getOpaque(counts, counter.ordinal());
  }

  /// Adds the counts of `other`, whose worker has ended.
  void addAll(Counters other) {
    for (Counter counter : ALL) {
      add(counter, other.count(counter));
    }
  }

  void reset() {
    for (Counter counter : ALL) {
      COUNTS.setOpaque(counts, counter.ordinal(), 0L);
    }
  }
}
