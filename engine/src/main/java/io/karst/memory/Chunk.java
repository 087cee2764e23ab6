package io.karst.memory;

/// 1 MiB of address space, aligned, that slabs are cut from in units of 64 KiB.
///
/// A unit is in a slab, or free and *dirty* (still counted as taken from the operating system), or
/// free and *clean* (neither counted nor resident), or in nobody's mask while its slab is being
/// given back. Thread: whoever holds the lock of [Chunks].
final class Chunk extends Ring.Link {
  static final int UNIT_SHIFT = 16;
  static final long UNIT_SIZE = 1L << UNIT_SHIFT;
  static final int UNITS = 16;
  static final long SIZE = UNITS * UNIT_SIZE;

  private static final int ALL = (1 << UNITS) - 1;

  private final long base;
  private int free = ALL;
  private int dirty;

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
    return Integer.bitCount(dirty);
  }

  /// The length of the longest run of free units.
  int longestRun() {
    int length = 0;
    for (int runs = free; runs != 0; runs &= runs << 1) {
      length++;
    }
    return length;
  }

  /// The first run of `units` free units, as a mask; there is one.
  int findRun(int units) {
    int starts = free;
    for (int i = 1; i < units; i++) {
      starts &= free >>> i;
    }
    return ((1 << units) - 1) << Integer.numberOfTrailingZeros(starts);
  }

  int dirtyUnits(int run) {
    return Integer.bitCount(dirty & run);
  }

  void take(int run) {
    free &= ~run;
    dirty &= ~run;
  }

  void putDirty(int run) {
    free |= run;
    dirty |= run;
  }

  void putClean(int run) {
    free |= run;
  }

  /// Gives the memory of the dirty units back and returns how many there were.
  int clean() {
    int count = dirtyUnits();
    while (dirty != 0) {
      int first = Integer.numberOfTrailingZeros(dirty);
      int length = Integer.numberOfTrailingZeros(~(dirty >>> first));
      OsMemory.discard(base + first * UNIT_SIZE, length * UNIT_SIZE);
      dirty &= ~(((1 << length) - 1) << first);
    }
    return count;
  }

  long address(int run) {
    return base + Integer.numberOfTrailingZeros(run) * UNIT_SIZE;
  }

  /// The units of a slab of this chunk, as a mask.
  int runOf(Slab slab) {
    int first = (int) ((slab.base() - base) >>> UNIT_SHIFT);
    return ((1 << slab.layout().units()) - 1) << first;
  }
}
