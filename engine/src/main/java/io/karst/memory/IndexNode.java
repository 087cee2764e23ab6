package io.karst.memory;

/// The nodes of an [IndexTree]: columns of 64-bit words, all of one length, the capacity.
///
/// ```
/// leaf, level 0:   rank | record
/// inner, level 1+: rank | record | child | count
/// ```
/// An entry of an inner node stands for a child: rank and record of the first entry below it, the
/// child's word, and how many entries there are below it.
///
/// There is no header. A node is known by its *word*, which stands in its parent, or in the tree
/// for the root: address (48 bits), capacity by 8 (6 bits), fill (10 bits), which is how many
/// entries or children there are. Methods that change the fill return the new word.
///
/// Capacities come in steps of a quarter of the power of two below, so that a node takes exactly
/// a size class and has seldom more than a fifth to spare, however it is split.
final class IndexNode {
  /// The word of no node.
  static final long NONE = 0;

  private static final int LEAF_COLUMNS = 2;
  private static final int INNER_COLUMNS = 4;

  private static final int RECORD = 1;
  private static final int CHILD = 2;
  private static final int COUNT = 3;

  private static final int CAPACITY_MIN = 8;
  private static final int STEPS_PER_DOUBLING = 4;

  private static final int ADDRESS_BITS = 48;
  private static final int UNIT_BITS = 6;
  private static final int UNIT_SHIFT = 3; // Entries that a unit of capacity stands for: 8.
  private static final int FILL_SHIFT = ADDRESS_BITS + UNIT_BITS;
  private static final long ADDRESS_MASK = (1L << ADDRESS_BITS) - 1;
  private static final int UNIT_MASK = (1 << UNIT_BITS) - 1;

  private IndexNode() {}

  /// A node that is empty.
  ///
  /// - throws [io.karst.base.Fault.OutOfMemory].
  static long allocate(Magazine magazine, int level, int capacity) {
    return magazine.allocate(size(level, capacity))
        | (long) capacity << (ADDRESS_BITS - UNIT_SHIFT);
  }

  static void free(Magazine magazine, int level, long node) {
    magazine.free(address(node), size(level, node));
  }

  static long address(long node) {
    return node & ADDRESS_MASK;
  }

  static int capacity(long node) {
    return ((int) (node >>> ADDRESS_BITS) & UNIT_MASK) << UNIT_SHIFT;
  }

  static int fill(long node) {
    return (int) (node >>> FILL_SHIFT);
  }

  static boolean full(long node) {
    return fill(node) == capacity(node);
  }

  /// The size of its block in bytes.
  static long size(int level, long node) {
    return size(level, capacity(node));
  }

  /// The least capacity that holds `fill`.
  static int capacityFor(int fill) {
    int step = step(fill);
    return (fill + step - 1) & -step;
  }

  /// How far the capacities near `fill` are apart.
  static int step(int fill) {
    return Math.max(CAPACITY_MIN, Integer.highestOneBit(fill - 1) / STEPS_PER_DOUBLING);
  }

  static long rank(long node, int index) {
    return Native.getLong(address(node) + at(index));
  }

  static long record(long node, int index) {
    return Native.getLong(column(node, RECORD) + at(index));
  }

  static void record(long node, int index, long record) {
    Native.putLong(column(node, RECORD) + at(index), record);
  }

  static void entry(long node, int index, long rank, long record) {
    Native.putLong(address(node) + at(index), rank);
    record(node, index, record);
  }

  static long child(long node, int slot) {
    return Native.getLong(column(node, CHILD) + at(slot));
  }

  static void child(long node, int slot, long child) {
    Native.putLong(column(node, CHILD) + at(slot), child);
  }

  static long count(long node, int slot) {
    return Native.getLong(column(node, COUNT) + at(slot));
  }

  static void count(long node, int slot, long count) {
    Native.putLong(column(node, COUNT) + at(slot), count);
  }

  /// How many entries there are below the children of `[from, to)`.
  static long countBetween(long node, int from, int to) {
    long counts = column(node, COUNT);
    long sum = 0;
    for (int slot = from; slot < to; slot++) {
      sum += Native.getLong(counts + at(slot));
    }
    return sum;
  }

  /// Makes `child` what stands in a slot of an inner node.
  static void child(long node, int slot, long child, long count) {
    entry(node, slot, rank(child, 0), record(child, 0));
    child(node, slot, child);
    count(node, slot, count);
  }

  /// Opens a gap at an index of a node that is not full; its content is undefined.
  static long open(int level, long node, int index) {
    shift(level, node, index, index + 1, fill(node) - index);
    return node + (1L << FILL_SHIFT);
  }

  /// Takes out what stands at an index.
  static long close(int level, long node, int index) {
    shift(level, node, index + 1, index, fill(node) - index - 1);
    return node - (1L << FILL_SHIFT);
  }

  /// Takes out what stands from an index on.
  static long cut(long node, int index) {
    return node - ((long) (fill(node) - index) << FILL_SHIFT);
  }

  /// Copies what stands in a node from an index on behind what is in `target`, which has room.
  static long append(int level, long node, int index, long target) {
    int moved = fill(node) - index;
    for (int column = 0; column < columns(level); column++) {
      long from = column(node, column) + at(index);
      Native.copy(from, column(target, column) + at(fill(target)), at(moved));
    }
    return target + ((long) moved << FILL_SHIFT);
  }

  private static void shift(int level, long node, int from, int to, int count) {
    if (count > 0) {
      for (int column = 0; column < columns(level); column++) {
        long start = column(node, column);
        Native.copy(start + at(from), start + at(to), at(count));
      }
    }
  }

  private static long size(int level, int capacity) {
    return at(columns(level) * capacity);
  }

  private static int columns(int level) {
    return level == 0 ? LEAF_COLUMNS : INNER_COLUMNS;
  }

  private static long column(long node, int column) {
    return address(node) + at(column * capacity(node));
  }

  private static long at(int index) {
    return (long) index * Long.BYTES;
  }
}
