package io.karst.engine;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/// What a worker counts: written by its thread alone, read by any, a moment old.
public final class Counters {
  private static final VarHandle COUNTS = MethodHandles.arrayElementVarHandle(long[].class);

  /// What is counted.
  public enum Counter {
    /// Reads of a key that exists.
    HITS(0),
    /// Reads of a key that does not.
    MISSES(1),
    /// Keys removed because they were due.
    EXPIRED(2),
    /// Changes to a key, or to a database as a whole. Never set to 0.
    CHANGES(3),
    /// Keys removed to make room.
    EVICTED(4),
    /// Keys dropped from memory because the disk tier has them.
    SPILLED(5),
    /// Elements of collections removed because they were due.
    EXPIRED_ELEMENTS(6);

    private final int index;

    Counter(int index) {
      this.index = index;
    }
  }

  private static final Counter[] ALL = Counter.values();

  private final long[] counts = new long[ALL.length];

  void add(Counter counter, long count) {
    int index = counter.index;
    COUNTS.setOpaque(counts, index, counts[index] + count);
  }

  /// The count so far.
  public long count(Counter counter) {
    return (long) COUNTS.getOpaque(counts, counter.index);
  }

  /// Adds the counts of `other`, whose worker has ended.
  void addAll(Counters other) {
    for (Counter counter : ALL) {
      add(counter, other.count(counter));
    }
  }

  void reset() {
    for (Counter counter : ALL) {
      if (counter != Counter.CHANGES) {
        COUNTS.setOpaque(counts, counter.index, 0L);
      }
    }
  }
}
