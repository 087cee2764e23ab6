package io.karst.engine;

import io.karst.base.Limits;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;

/// How many places somebody has taken in each slot: what every change of a key asks. While there
/// are none at all that is one number, which everybody's cache has.
///
/// Thread-safe.
final class SlotCounts {
  private final AtomicInteger all = new AtomicInteger();
  private final AtomicIntegerArray inSlot = new AtomicIntegerArray(Limits.SLOTS);

  void add(int slot) {
    all.incrementAndGet();
    inSlot.incrementAndGet(slot);
  }

  void remove(int slot) {
    inSlot.decrementAndGet(slot);
    all.decrementAndGet();
  }

  /// Whether there is any place in a slot. Exact under the slot's lock, if places are taken under
  /// it, but for those that are just given up.
  boolean any(int slot) {
    return all.getOpaque() != 0 && inSlot.getOpaque(slot) != 0;
  }

  boolean none() {
    return all.getOpaque() == 0;
  }
}
