package io.karst.commands.sortedset;

import io.karst.base.Bytes;
import io.karst.base.CommandException;
import io.karst.engine.SortedSetView;
import io.karst.value.Scores;

/// Scores between two bounds, each of which is included unless it is written behind a `(`.
record ScoreRange(double min, boolean aboveMin, double max, boolean belowMax) {

  /// - throws [CommandException] if a bound is no number.
  static ScoreRange parse(Bytes min, Bytes max) {
    return new ScoreRange(bound(min), isExclusive(min), bound(max), isExclusive(max));
  }

  Ranks in(SortedSetView set) {
    return new Ranks(set.below(min, aboveMin), set.below(max, !belowMax));
  }

  private static boolean isExclusive(Bytes bound) {
    return !bound.isEmpty() && bound.at(0) == '(';
  }

  private static double bound(Bytes text) {
    double score = Scores.parseBound(isExclusive(text) ? text.slice(1, text.length() - 1) : text);
    if (Double.isNaN(score)) {
      throw CommandException.err("min or max is not a float");
    }
    return score;
  }
}
