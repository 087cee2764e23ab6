package io.karst.memory;

/// 2 MiB of address space, aligned, one huge page of the machine, that slabs are cut from in units
/// of 64 KiB.
///
/// A unit is in a slab, or free and *dirty* (still counted as taken from the operating system), or
/// free and *clean* (neither counted nor resident), or in nobody's mask while its slab is being
/// given back. Thread: whoever holds the lock of [Chunks].
final class Chunk extends Ring.Link {
  static final int UNIT_SHIFT = 16;
  static final long UNIT_SIZE = 1L << UNIT_SHIFT;
  static final int UNITS = 32;
  static final long SIZE = UNITS * UNIT_SIZE;

  private static final long ALL = (1L << UNITS) - 1;

  private final long base;
  private long free = ALL;
  private long dirty;

  Chunk(long base) {
    this.base = base;
  }

  long base() {
    return base;
  }

  boolean isFree() {
    return free == ALL;
  }

  int dirtyUnits() {
    return Long.bitCount(dirty);
  }

  /// The length of the longest run of free units.
  int longestRun() {
    int length = 0;
    for (long runs = free; runs != 0; runs &= runs << 1) {
      length++;
    }
    return length;
  }

  /// The first run of `units` free units, as a mask; there is one.
  long findRun(int units) {
    long starts = free;
    for (int i = 1; i < units; i++) {
      starts &= free >>> i;
    }
    return ((1L << units) - 1) << Long.numberOfTrailingZeros(starts);
  }

  int dirtyUnits(long run) {
    return Long.bitCount(dirty & run);
  }

  void take(long run) {
    free &= ~run;
    dirty &= ~run;
  }

  void putDirty(long run) {
    free |= run;
    dirty |= run;
  }

  void putClean(long run) {
    free |= run;
  }

  /// Gives the memory of the dirty units back and returns how many there were.
  int clean() {
    int count = dirtyUnits();
    while (dirty != 0) {
      int first = Long.numberOfTrailingZeros(dirty);
      int length = Long.numberOfTrailingZeros(~(dirty >>> first));
      OsMemory.discard(base + first * UNIT_SIZE, length * UNIT_SIZE);
      dirty &= ~(((1L << length) - 1) << first);
    }
    return count;
  }

  long address(long run) {
    return base + Long.numberOfTrailingZeros(run) * UNIT_SIZE;
  }

  /// The units of a slab of this chunk, as a mask.
  long runOf(Slab slab) {
    int first = (int) ((slab.base() - base) >>> UNIT_SHIFT);
    return ((1L << slab.layout().units()) - 1) << first;
  }
}
