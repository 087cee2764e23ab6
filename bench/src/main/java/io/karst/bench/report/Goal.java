package io.karst.bench.report;

import java.util.Locale;

/// What a figure of Karst should be.
public sealed interface Goal {
  /// Karst's figure divided by that of what it is compared with.
  record RatioAtLeast(double limit) implements Goal {}

  record RatioAtMost(double limit) implements Goal {}

  /// Karst's figure itself, in the row's unit.
  record AtMost(double limit) implements Goal {}

  record AtLeast(double limit) implements Goal {}

  /// No goal: the figure is for information.
  record None() implements Goal {}

  static Goal none() {
    return new None();
  }

  /// - `ratio`: NaN if there was nothing to compare with.
  default Verdict judge(double karst, double ratio) {
    return switch (this) {
      case RatioAtLeast goal -> Verdict.of(ratio, ratio >= goal.limit);
      case RatioAtMost goal -> Verdict.of(ratio, ratio <= goal.limit);
      case AtMost goal -> Verdict.of(karst, karst <= goal.limit);
      case AtLeast goal -> Verdict.of(karst, karst >= goal.limit);
      case None _ -> Verdict.NONE;
    };
  }

  default String text() {
    return switch (this) {
      case RatioAtLeast goal -> String.format(Locale.ROOT, "≥ %.2f×", goal.limit);
      case RatioAtMost goal -> String.format(Locale.ROOT, "≤ %.2f×", goal.limit);
      case AtMost goal -> "≤ " + Numbers.shown(goal.limit);
      case AtLeast goal -> "≥ " + Numbers.shown(goal.limit);
      case None _ -> "";
    };
  }
}
