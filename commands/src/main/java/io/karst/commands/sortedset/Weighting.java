package io.karst.commands.sortedset;

import io.karst.base.CommandException;
import io.karst.commands.Args;
import io.karst.value.Scores;
import java.util.Arrays;

/// How the scores of a member in several sets become one: each times its set's weight, then
/// aggregated.
final class Weighting {
  /// What becomes of the scores.
  private enum Aggregate {
    SUM,
    MIN,
    MAX,
    /// The weights alone are summed up: without weights, how many sets have the member.
    COUNT
  }

  private final double[] weights;
  private Aggregate aggregate = Aggregate.SUM;

  /// Whether the scores are answered.
  private boolean withScores;

  private Weighting(int operands) {
    weights = new double[operands];
    Arrays.fill(weights, 1);
  }

  /// Reads the options from word `from` on.
  ///
  /// - `weighs`: whether weights and aggregates are allowed; `stores`: whether the result is
  ///   stored, so that there is no `WITHSCORES`.
  static Weighting read(Args args, int from, int operands, boolean weighs, boolean stores) {
    Weighting weighting = new Weighting(operands);
    for (int i = from; i < args.count(); i++) {
      if (weighs && args.is(i, "WEIGHTS") && i + operands < args.count()) {
        weighting.readWeights(args, i + 1);
        i += operands;
      } else if (weighs && args.is(i, "AGGREGATE") && i + 1 < args.count()) {
        weighting.aggregate = aggregate(args, ++i);
      } else if (!stores && args.is(i, "WITHSCORES")) {
        weighting.withScores = true;
      } else {
        throw CommandException.syntax();
      }
    }
    return weighting;
  }

  private void readWeights(Args args, int from) {
    for (int i = 0; i < weights.length; i++) {
      double weight = Scores.parse(args.bytes(from + i));
      if (Double.isNaN(weight)) {
        throw CommandException.err("weight value is not a float");
      }
      weights[i] = weight;
    }
  }

  private static Aggregate aggregate(Args args, int index) {
    for (Aggregate each : Aggregate.values()) {
      if (args.is(index, each.name())) {
        return each;
      }
    }
    throw CommandException.syntax();
  }

  boolean withScores() {
    return withScores;
  }

  /// What a score in set `operand` counts for.
  double weighed(int operand, double score) {
    return orZero(product(operand, score));
  }

  /// As [#weighed], but NaN for infinity times zero: what an intersection combines its first score
  /// with.
  double product(int operand, double score) {
    return aggregate == Aggregate.COUNT ? weights[operand] : score * weights[operand];
  }

  double combine(double one, double other) {
    return switch (aggregate) {
      case SUM, COUNT -> orZero(one + other);
      case MIN -> other < one ? other : one; // Of two zeros the first, whatever its sign.
      case MAX -> other > one ? other : one;
    };
  }

  /// Infinity times zero, and less infinity, are 0 here, as in Redis.
  private static double orZero(double score) {
    return Double.isNaN(score) ? 0 : score;
  }
}
