package io.karst.memory;

/// The way from the root of an [IndexTree] to a place between or at entries, packed in a word so
/// that nothing is allocated for it: the position in the leaf, level 0, in the low bits, and the
/// slot taken in each inner node above them, level by level.
///
/// An inner root adds slot 0, which is no bit: a path stays right when the tree gains a level.
final class IndexPath {
  /// The most levels of inner nodes that a path can pass.
  static final int HEIGHT_MAX = 9;

  private static final int POSITION_BITS = 9;
  private static final int SLOT_BITS = 6;
  private static final int POSITION_MASK = (1 << POSITION_BITS) - 1;
  private static final int SLOT_MASK = (1 << SLOT_BITS) - 1;

  private IndexPath() {}

  /// The step at a level, to be combined with others by `|`.
  static long step(int level, int slot) {
    return (long) slot << shift(level);
  }

  /// The slot taken in the node at a level, 1 or more.
  static int slot(long path, int level) {
    return (int) (path >>> shift(level)) & SLOT_MASK;
  }

  /// The position in the leaf.
  static int position(long path) {
    return (int) path & POSITION_MASK;
  }

  /// Whether the path leads to the very first place below its child at a level.
  static boolean first(long path, int level) {
    return (path & ((1L << shift(level)) - 1)) == 0;
  }

  private static int shift(int level) {
    return level == 0 ? 0 : POSITION_BITS + (level - 1) * SLOT_BITS;
  }
}
