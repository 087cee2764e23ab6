package io.karst.memory;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/// A counter that one thread changes and anyone reads, alone on its cache line. What another
/// thread reads may be a moment old.
final class OwnedCounter {
  private static final VarHandle CELLS = MethodHandles.arrayElementVarHandle(long[].class);
  private static final int MIDDLE = 8;

  private final long[] cells = new long[2 * MIDDLE];

  void add(long delta) {
    CELLS.setOpaque(cells, MIDDLE, cells[MIDDLE] + delta);
  }

  long get() {
    return (long) CELLS.getOpaque(cells, MIDDLE);
  }
}
