package io.karst.memory;

/// How much memory evacuations would give back, by how full the slabs are that have to be emptied:
/// what decides which are.
///
/// Of one class, emptying a slab takes as many free blocks in the others as it has in use. So with
/// `f` free blocks in all, slabs of `b` blocks, `f / b` slabs can be emptied, whichever they are:
/// the emptiest are, as that moves the least. Thread: its owner's.
final class SparseCensus {
  /// How finely fullness is told.
  static final int LEVELS = 64;

  private final long[] gains = new long[LEVELS];

  /// How full a slab is that has a free block, 0 to 63.
  static int level(Slab slab) {
    return slab.used() * LEVELS / slab.layout().blocks();
  }

  /// Counts the slabs of one class.
  ///
  /// - `slabs`: how many there are of each level; `free`: the blocks free in all of them.
  void add(SlabLayout layout, int[] slabs, long free) {
    long left = free / layout.blocks();
    for (int level = 0; level < LEVELS && left > 0; level++) {
      long emptied = Math.min(left, slabs[level]);
      gains[level] += emptied * layout.size();
      left -= emptied;
    }
  }

  /// The levels to empty, from 0 on, so that `bytes` come back, if that can be.
  ///
  /// - `limit`: the most levels.
  int levelsFor(long bytes, int limit) {
    long sum = 0;
    int level = 0;
    while (level < limit && sum < bytes) {
      sum += gains[level++];
    }
    return level;
  }
}
