package io.karst.commands.sortedset;

import io.karst.base.Bytes;
import io.karst.base.CommandException;
import io.karst.engine.SortedSetView;

/// Members between two bounds, of a set whose scores are all the same: `[` and a member, which is
/// included; `(` and one that is not; `-` and `+`, before and behind all.
record LexRange(Bytes min, Bytes max) {

  /// - throws [CommandException] if a bound is of another form.
  static LexRange parse(Bytes min, Bytes max) {
    check(min);
    check(max);
    return new LexRange(min, max);
  }

  Ranks in(SortedSetView set) {
    return new Ranks(below(set, min, '('), below(set, max, '['));
  }

  /// The number of members before a bound; one that is the bound's own is among them if the bound
  /// begins with `inclusive`.
  private static long below(SortedSetView set, Bytes bound, char inclusive) {
    return switch (bound.at(0)) {
      case '-' -> 0;
      case '+' -> set.size();
      default -> set.below(bound.slice(1, bound.length() - 1), bound.at(0) == inclusive);
    };
  }

  private static void check(Bytes bound) {
    int first = bound.isEmpty() ? 0 : bound.at(0);
    boolean isEnd = (first == '-' || first == '+') && bound.length() == 1;
    if (!isEnd && first != '[' && first != '(') {
      throw CommandException.err("min or max not valid string range item");
    }
  }
}
