package io.karst.bench.report;

import org.jspecify.annotations.Nullable;

/// A figure of both servers, beside the goal.
///
/// - `measure`: what was measured, e.g. `throughput`.
/// - `subject`: of what, e.g. `GET, pipeline 1`; empty if there is one only.
/// - `redis`: null if Redis did not run.
public record Row(
    String measure, String subject, String unit, @Nullable Rounds redis, Rounds karst, Goal goal) {

  /// Karst's median divided by Redis's; NaN if there is none.
  public double ratio() {
    return redis == null ? Double.NaN : karst.median() / redis.median();
  }

  public Verdict verdict() {
    return goal.judge(karst.median(), ratio());
  }

  double redisMedian() {
    return redis == null ? Double.NaN : redis.median();
  }
}
