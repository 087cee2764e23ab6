package io.karst.keyspace;

import io.karst.base.Limits;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;

/// Up to where the history has to be safe before somebody may tell what is in a slot.
///
/// - *written*: the end of the last frame that changed something in the slot.
/// - *held*: the same, of frames nobody may see the outcome of before they are on disk.
///
/// Threads: written and read under the slot's lock.
public final class SlotLsns {
  private static final VarHandle LONGS = MethodHandles.arrayElementVarHandle(long[].class);

  private final long[] written = new long[Limits.SLOTS];
  private final long[] held = new long[Limits.SLOTS];
  private final AtomicLong lastHeld = new AtomicLong();

  public long written(int slot) {
    return (long) LONGS.getOpaque(written, slot);
  }

  public long held(int slot) {
    return (long) LONGS.getOpaque(held, slot);
  }

  /// The greatest of all that are held. Any thread.
  public long lastHeld() {
    return lastHeld.get();
  }

  /// Forgets all: what is in the slots is as safe as can be. Under all locks.
  void reset() {
    Arrays.fill(written, 0);
    Arrays.fill(held, 0);
    lastHeld.set(0);
  }

  /// Notes a frame that ends at `lsn`.
  public void wrote(int slot, long lsn, boolean hold) {
    LONGS.setOpaque(written, slot, lsn);
    if (hold) {
      LONGS.setOpaque(held, slot, lsn);
      lastHeld.accumulateAndGet(lsn, Math::max);
    }
  }

  /// Notes a frame that changed whole databases. Under all locks.
  public void wroteAll(long lsn, boolean hold) {
    Arrays.fill(written, lsn);
    if (hold) {
      Arrays.fill(held, lsn);
      lastHeld.accumulateAndGet(lsn, Math::max);
    }
  }
}
