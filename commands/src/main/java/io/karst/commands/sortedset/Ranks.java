package io.karst.commands.sortedset;

import io.karst.engine.ScoreVisitor;
import io.karst.engine.SortedSetView;

/// A run of ranks of a sorted set: from `from` on, and before `to`.
record Ranks(long from, long to) {
  static final Ranks NONE = new Ranks(0, 0);

  /// How many there are.
  long count() {
    return Math.max(0, to - from);
  }

  /// Shows members of these ranks, without the first `offset`, and at most `count`.
  ///
  /// - `reverse`: whether to begin at the end.
  void visit(SortedSetView set, boolean reverse, long offset, long count, ScoreVisitor visitor) {
    long left = Math.min(count() - offset, count);
    if (offset >= 0 && left > 0) {
      set.range(reverse ? to - 1 - offset : from + offset, left, reverse, visitor);
    }
  }
}
