package io.karst.engine;

import io.karst.base.Bytes;
import io.karst.base.Decimal;
import io.karst.memory.Packed;
import io.karst.memory.PackedEntries;
import io.karst.value.Scores;

/// How a small sorted set is packed: member and score by turns, in the order of score and member.
/// A score is a number where it is whole, so that a negative zero loses its sign, and else its
/// text.
final class PackedScores {
  /// Whole scores up to here are exact, and short.
  private static final double WHOLE_MAX = 1L << 52;

  private PackedScores() {}

  static void add(PackedEntries entries, Bytes member, double score) {
    entries.add(member);
    if (score == (long) score && Math.abs(score) < WHOLE_MAX) {
      entries.add((long) score);
    } else {
      entries.add(Scores.text(score));
    }
  }

  /// The score at a position.
  static double at(long record, int at) {
    return Packed.isNumber(record, at)
        ? Packed.number(record, at)
        : Scores.parse(Packed.get(record, at));
  }

  /// Whether the member at a position, with its score behind it, comes before another one.
  static boolean before(long record, int at, double score, Bytes member) {
    double own = at(record, Packed.next(record, at));
    return own < score || (own == score && compare(record, at, member) < 0);
  }

  /// Compares the member at a position with another one.
  static int compare(long record, int at, Bytes member) {
    return Packed.isNumber(record, at)
        ? Decimal.of(Packed.number(record, at)).compareTo(member)
        : Packed.get(record, at).compareTo(member);
  }
}
