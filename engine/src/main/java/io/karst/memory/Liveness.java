package io.karst.memory;

import io.karst.base.Invariant;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Knows every live block of every open allocator, and the size that was asked for. Used, and
/// loaded, only with `-Dkarst.verify=true`.
///
/// - Every access must lie inside one live block ([#check], called by [Native]).
/// - A free must name a live block and its size.
/// - Freed blocks are filled with [#POISON], which must still be there when they are handed out
///   again. What is handed out is poison too, so that nobody relies on zeroes by luck; huge
///   blocks are zero, as promised.
///
/// A check of a slab block is a look-up in a [SlabMap] and an array, without locks. Thread-safe.
final class Liveness {
  static final byte POISON = (byte) 0xDB;

  /// Never handed out since its slab was cut: the content is unknown.
  private static final int FRESH = 0;

  private static final int FREED = -1;

  private static final SlabMap SLABS = new SlabMap();

  /// Size asked for, by address.
  private static final ConcurrentSkipListMap<Long, Long> HUGE = new ConcurrentSkipListMap<>();

  private Liveness() {}

  /// Throws unless `size` bytes from `address` on lie inside one live block.
  static void check(long address, long size) {
    if (size == 0) {
      return;
    }
    Slab slab = SLABS.find(address);
    if (slab == null) {
      checkHuge(address, size);
      return;
    }
    SlabLayout layout = slab.layout();
    int index = layout.index(slab.base(), address);
    violatedUnless(index >= 0 && index < layout.blocks(), "access outside blocks", address, size);
    int asked = slab.asked().getAcquire(index);
    violatedUnless(asked != FREED, "access after free", address, size);
    long end = layout.address(slab.base(), index) + asked;
    violatedUnless(
        asked > 0 && size > 0 && size <= end - address, "access out of bounds", address, size);
  }

  static void slabCut(Slab slab) {
    SLABS.add(slab);
  }

  static void slabGone(Slab slab) {
    SLABS.remove(slab);
  }

  static void allocated(long address, long size) {
    Slab slab = SLABS.find(address);
    if (slab == null) {
      violatedUnless(HUGE.put(address, size) == null, "handed out twice", address, size);
      return;
    }
    SlabLayout layout = slab.layout();
    int index = layout.index(slab.base(), address);
    AtomicIntegerArray asked = slab.asked();
    int before = asked.getAcquire(index);
    violatedUnless(before <= FRESH, "handed out twice", address, size);
    if (before == FREED) {
      boolean intact = Raw.isFilled(address, layout.blockSize(), POISON);
      violatedUnless(intact, "written after free", address, size);
    } else {
      Raw.fill(address, layout.blockSize(), POISON);
    }
    boolean won = asked.compareAndSet(index, before, (int) size);
    violatedUnless(won, "handed out twice", address, size);
  }

  static void freed(long address, long size) {
    Slab slab = SLABS.find(address);
    if (slab == null) {
      violatedUnless(HUGE.remove(address, size), "freed: no such block", address, size);
      return;
    }
    int index = blockAt(slab, address, size);
    boolean won = slab.asked().compareAndSet(index, (int) size, FREED);
    violatedUnless(won, () -> wrongFree(slab.asked().get(index)), address, size);
    Raw.fill(address, slab.layout().blockSize(), POISON);
  }

  static void resized(long address, long oldSize, long newSize) {
    Slab slab = SLABS.find(address);
    if (slab == null) {
      boolean known = HUGE.replace(address, oldSize, newSize);
      violatedUnless(known, "resized: no such block", address, oldSize);
      return;
    }
    int index = blockAt(slab, address, oldSize);
    boolean known = slab.asked().compareAndSet(index, (int) oldSize, (int) newSize);
    violatedUnless(known, "resized: no such block", address, oldSize);
    if (newSize < oldSize) {
      Raw.fill(address + newSize, oldSize - newSize, POISON);
    }
  }

  private static void checkHuge(long address, long size) {
    Map.@Nullable Entry<Long, Long> block = HUGE.floorEntry(address);
    boolean inside =
        block != null && size > 0 && size <= block.getKey() + block.getValue() - address;
    violatedUnless(inside, "access outside blocks", address, size);
  }

  private static int blockAt(Slab slab, long address, long size) {
    SlabLayout layout = slab.layout();
    int index = layout.index(slab.base(), address);
    boolean exact =
        index >= 0
            && index < layout.blocks()
            && layout.address(slab.base(), index) == address
            && size <= layout.blockSize();
    violatedUnless(exact, "not the address of a block of that size", address, size);
    return index;
  }

  private static String wrongFree(int asked) {
    return asked > 0 ? "freed with a size other than " + asked : "freed twice";
  }

  private static void violatedUnless(boolean condition, String what, long address, long size) {
    if (!condition) {
      violatedUnless(false, () -> what, address, size);
    }
  }

  private static void violatedUnless(
      boolean condition, Supplier<String> what, long address, long size) {
    Invariant.check(
        condition, () -> what.get() + ": " + size + " bytes at 0x" + Long.toHexString(address));
  }
}
