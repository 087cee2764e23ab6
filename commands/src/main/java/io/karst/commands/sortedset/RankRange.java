package io.karst.commands.sortedset;

import io.karst.engine.SortedSetView;

/// Ranks between two, both included; negative ones are counted from the end.
record RankRange(long start, long stop) {

  /// - `reverse`: whether they are counted from the highest score.
  Ranks in(SortedSetView set, boolean reverse) {
    long size = set.size();
    long first = Math.max(0, start < 0 ? start + size : start);
    long last = Math.min(size - 1, stop < 0 ? stop + size : stop);
    if (first > last) {
      return Ranks.NONE;
    }
    return reverse ? new Ranks(size - 1 - last, size - first) : new Ranks(first, last + 1);
  }
}
