package io.karst.engine;

import java.util.concurrent.atomic.AtomicLong;

/// Whether a store follows a history that is made elsewhere ([Replica]), and how much of that it
/// has read from the disk tier before it has come to it.
///
/// Threads: changed under the locks of all slots, but for [#loaded]; whoever holds the lock of any
/// slot sees it stand still.
final class Following {
  private volatile boolean on;

  /// The highest LSN of what was brought from the tier into memory.
  private final AtomicLong loadedLsn = new AtomicLong();

  /// Whether it follows: nothing changes but what the history tells.
  boolean on() {
    return on;
  }

  void on(boolean follows) {
    on = follows;
  }

  /// Notes that a key as of an LSN was brought into memory. Under its slot's lock.
  void loaded(long lsn) {
    if (lsn > loadedLsn.getOpaque()) {
      loadedLsn.accumulateAndGet(lsn, Math::max);
    }
  }

  /// Whether a key in memory may be newer than `lsn`, as the tier had it newer.
  boolean mayBeAhead(long lsn) {
    return lsn < loadedLsn.get();
  }

  /// Nothing is in memory any more.
  void forget() {
    loadedLsn.set(0);
  }
}
