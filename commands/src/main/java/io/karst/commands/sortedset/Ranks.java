package io.karst.commands.sortedset;

/// A run of ranks of a sorted set: from `from` on, and before `to`.
record Ranks(long from, long to) {
  static final Ranks NONE = new Ranks(0, 0);

  /// How many there are.
  long count() {
    return Math.max(0, to - from);
  }
}
