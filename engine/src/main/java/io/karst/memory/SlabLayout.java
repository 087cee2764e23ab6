package io.karst.memory;

/// How the slabs of one size class are laid out.
///
/// A slab is a run of units of a chunk. One with more than 64 blocks begins with a bitmap of its
/// free blocks, rounded up to a cache line; the others keep it in [Slab].
///
/// - `sizeClass`: the class, see [SizeClasses].
/// - `blockSize`: bytes.
/// - `units`: the length of the slab in units of [Chunk#UNIT_SIZE].
/// - `headerSize`: bytes before the first block, 0 or a multiple of 64.
/// - `blocks`: how many blocks there are.
/// - `reciprocal`: 2 to the power of [#RECIPROCAL_SHIFT] by the block size, rounded up.
record SlabLayout(
    int sizeClass, int blockSize, int units, int headerSize, int blocks, long reciprocal) {
  /// Enough for exact quotients: offsets are below 2^20, block sizes at most 2^17.
  private static final int RECIPROCAL_SHIFT = 38;

  private static final int BLOCKS_MIN = 4;
  private static final int WASTE_LIMIT_SHIFT = 5;

  private static final SlabLayout[] LAYOUTS = layouts();

  static SlabLayout of(int sizeClass) {
    return LAYOUTS[sizeClass];
  }

  long size() {
    return units * Chunk.UNIT_SIZE;
  }

  /// The words of the bitmap.
  int words() {
    return words(blocks);
  }

  /// The address of a block in the slab that begins at `base`.
  long address(long base, int index) {
    return base + headerSize + (long) index * blockSize;
  }

  /// The block that `address` lies in, within the slab that begins at `base`: negative in the
  /// header, [#blocks] or more behind the last block.
  int index(long base, long address) {
    long offset = address - base - headerSize;
    return offset < 0 ? -1 : (int) ((offset * reciprocal) >>> RECIPROCAL_SHIFT);
  }

  private static int words(int blocks) {
    return (blocks + 63) >>> 6;
  }

  private static SlabLayout[] layouts() {
    SlabLayout[] layouts = new SlabLayout[SizeClasses.COUNT];
    for (int i = 0; i < layouts.length; i++) {
      layouts[i] = best(i);
    }
    return layouts;
  }

  /// The shortest slab that leaves little unused behind its last block.
  private static SlabLayout best(int sizeClass) {
    for (int units = 1; units < Chunk.UNITS; units++) {
      SlabLayout layout = withUnits(sizeClass, units);
      long unused = layout.size() - (long) layout.blocks * layout.blockSize - layout.headerSize;
      if (layout.blocks >= BLOCKS_MIN && unused <= layout.size() >>> WASTE_LIMIT_SHIFT) {
        return layout;
      }
    }
    return withUnits(sizeClass, Chunk.UNITS);
  }

  private static SlabLayout withUnits(int sizeClass, int units) {
    int blockSize = SizeClasses.size(sizeClass);
    long size = units * Chunk.UNIT_SIZE;
    int blocks = (int) (size / blockSize);
    while (headerSize(blocks) + (long) blocks * blockSize > size) {
      blocks--;
    }
    long reciprocal = ((1L << RECIPROCAL_SHIFT) + blockSize - 1) / blockSize;
    return new SlabLayout(sizeClass, blockSize, units, headerSize(blocks), blocks, reciprocal);
  }

  private static int headerSize(int blocks) {
    int words = words(blocks);
    return words == 1 ? 0 : (words * Long.BYTES + 63) & -64;
  }
}
