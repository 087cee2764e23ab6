package io.karst.memory;

/// The sizes of blocks: every request is rounded up to one of [#COUNT] classes.
///
/// Spacing is 4 bytes up to 64, 8 up to 128, then 8 classes per doubling up to [#LARGEST]. So a
/// block wastes at most 3 bytes up to 20, and at most 12.5 % of itself above. Larger blocks are
/// *huge*: each is a mapping of its own, see [HugeBlocks].
final class SizeClasses {
  /// The largest size, in bytes, that a class serves.
  static final int LARGEST = 128 << 10;

  /// The largest size at all, in bytes.
  static final long HUGEST = 2L << 30;

  static final int COUNT = 104;

  private static final int FINE_LIMIT = 64;
  private static final int FINE_COUNT = 16;
  private static final int MIDDLE_LIMIT = 128;
  private static final int MIDDLE_COUNT = 24;
  private static final int PER_DOUBLING_SHIFT = 3;
  private static final int MIDDLE_LIMIT_SHIFT = 7;

  /// Class by `(size + 3) / 4`, for the sizes that nearly all requests have.
  private static final byte[] TABLE = table(1024);

  private SizeClasses() {}

  /// The class of a size, 1 to [#LARGEST].
  static int of(int size) {
    int quads = (size + 3) >>> 2;
    return quads < TABLE.length ? TABLE[quads] : compute(size);
  }

  /// The size of the blocks of a class, in bytes.
  static int size(int index) {
    if (index < FINE_COUNT) {
      return (index + 1) << 2;
    }
    if (index < MIDDLE_COUNT) {
      return FINE_LIMIT + ((index + 1 - FINE_COUNT) << 3);
    }
    int doublings = (index - MIDDLE_COUNT) >>> PER_DOUBLING_SHIFT;
    int step = (index - MIDDLE_COUNT) & 7;
    return (9 + step) << (MIDDLE_LIMIT_SHIFT - PER_DOUBLING_SHIFT + doublings);
  }

  /// The address space a huge block reserves, in bytes: its size rounded up to an eighth of the
  /// power of two below, and to whole pages.
  static long reservation(long size, long pageSize) {
    int log2 = 63 - Long.numberOfLeadingZeros(size - 1);
    long step = Math.max(1L << (log2 - PER_DOUBLING_SHIFT), pageSize);
    return (size + step - 1) & -step;
  }

  private static int compute(int size) {
    if (size <= FINE_LIMIT) {
      return ((size + 3) >>> 2) - 1;
    }
    if (size <= MIDDLE_LIMIT) {
      return FINE_COUNT - 1 + ((size - FINE_LIMIT + 7) >>> 3);
    }
    int log2 = 31 - Integer.numberOfLeadingZeros(size - 1);
    int step = ((size - 1) >>> (log2 - PER_DOUBLING_SHIFT)) & 7;
    return MIDDLE_COUNT + ((log2 - MIDDLE_LIMIT_SHIFT) << PER_DOUBLING_SHIFT) + step;
  }

  private static byte[] table(int limit) {
    byte[] table = new byte[limit / 4 + 1];
    for (int quads = 1; quads < table.length; quads++) {
      table[quads] = (byte) compute(quads << 2);
    }
    return table;
  }
}
