package io.karst.bench.report;

/// Whether a goal was reached.
public enum Verdict {
  MET("met"),
  MISSED("NOT MET"),
  /// There is no goal, or nothing to compare with.
  NONE("");

  private final String text;

  Verdict(String text) {
    this.text = text;
  }

  public String text() {
    return text;
  }

  static Verdict of(double figure, boolean reached) {
    if (Double.isNaN(figure)) {
      return NONE;
    }
    return reached ? MET : MISSED;
  }
}
