package io.karst.history;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/// A number that threads change and read without locks, alone on its cache line.
final class Watermark {
  private static final VarHandle CELLS = MethodHandles.arrayElementVarHandle(long[].class);

  /// Two lines from either end, as processors fetch lines in pairs.
  private static final int MIDDLE = 16;

  private final long[] cells = new long[2 * MIDDLE];

  Watermark(long value) {
    setRelease(value);
  }

  long get() {
    return (long) CELLS.getAcquire(cells, MIDDLE);
  }

  /// What was stored before is seen by whoever sees `value`.
  void setRelease(long value) {
    CELLS.setRelease(cells, MIDDLE, value);
  }

  /// Adds, in one total order with all other additions; returns the value before.
  long getAndAdd(long delta) {
    return (long) CELLS.getAndAdd(cells, MIDDLE, delta);
  }

  boolean compareAndSet(long expected, long value) {
    return CELLS.compareAndSet(cells, MIDDLE, expected, value);
  }

  /// Raises it to `value`, unless it is there already; whether it was raised.
  boolean raise(long value) {
    for (long before = get(); before < value; before = get()) {
      if (compareAndSet(before, value)) {
        return true;
      }
    }
    return false;
  }
}
