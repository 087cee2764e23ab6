package io.karst.engine;

import io.karst.base.Clock;
import java.util.concurrent.locks.LockSupport;

/// Lets a background thread rest as long as it works: half of a core at most. Thread: its owner's.
final class Pace {
  private static final long WORK_NANOS = 2_000_000;

  private final Clock clock;
  private long since;

  Pace(Clock clock) {
    this.clock = clock;
    since = clock.monotonicNanos();
  }

  /// To be called after each piece of work, however small.
  void rest() {
    long worked = clock.monotonicNanos() - since;
    if (worked >= WORK_NANOS) {
      LockSupport.parkNanos(worked);
      since = clock.monotonicNanos();
    }
  }
}
