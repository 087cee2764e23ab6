package io.karst.bench.report;

import java.util.Locale;

/// Numbers for people: three significant digits or so.
final class Numbers {
  private Numbers() {}

  static String shown(double value) {
    if (Double.isNaN(value)) {
      return "–";
    }
    int decimals = value >= 100 ? 0 : value >= 10 ? 1 : value >= 1 ? 2 : 3;
    return String.format(Locale.ROOT, "%." + decimals + "f", value);
  }

  static String ratio(double value) {
    return Double.isNaN(value) ? "–" : String.format(Locale.ROOT, "%.2f×", value);
  }

  /// In full, for programs.
  static String exact(double value) {
    return Double.isNaN(value) ? "" : String.format(Locale.ROOT, "%.6g", value);
  }
}
