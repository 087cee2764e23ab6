package io.karst.engine;

import io.karst.base.Clock;
import java.util.concurrent.atomic.AtomicLong;

/// A clock that stands still until it is told to move.
public final class ManualClock implements Clock {
  private final AtomicLong millis = new AtomicLong(1_700_000_000_000L);

  public void advance(long byMillis) {
    millis.addAndGet(byMillis);
  }

  @Override
  public long wallMillis() {
    return millis.get();
  }

  @Override
  public long monotonicNanos() {
    return millis.get() * 1_000_000;
  }
}
