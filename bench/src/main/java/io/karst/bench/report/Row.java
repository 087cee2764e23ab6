package io.karst.bench.report;

import org.jspecify.annotations.Nullable;

/// A figure of Karst and of what it is compared with, beside the goal.
///
/// - `measure`: what was measured, e.g. `throughput`.
/// - `subject`: of what, e.g. `GET, pipeline 1`; empty if there is one only.
/// - `baseline`: null if what Karst is compared with did not run.
public record Row(
    String measure,
    String subject,
    String unit,
    @Nullable Rounds baseline,
    Rounds karst,
    Goal goal) {

  /// What and of what, in a phrase.
  String name() {
    return subject.isEmpty() ? measure : measure + " of " + subject;
  }

  /// Karst's median divided by the baseline's; NaN if there is none.
  public double ratio() {
    return baseline == null ? Double.NaN : karst.median() / baseline.median();
  }

  public Verdict verdict() {
    return goal.judge(karst.median(), ratio());
  }

  double baselineMedian() {
    return baseline == null ? Double.NaN : baseline.median();
  }
}
