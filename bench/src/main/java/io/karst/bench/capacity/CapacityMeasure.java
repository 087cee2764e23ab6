package io.karst.bench.capacity;

import io.karst.bench.load.Outcome;
import io.karst.bench.load.Spread;
import io.karst.bench.report.Goal;

/// What a load on more data than memory is measured by.
enum CapacityMeasure {
  READS("reads", "k/s"),
  WRITES("writes", "k/s"),
  CPU("CPU per operation", "µs"),
  READ_P50("latency p50 of reads", "ms"),
  READ_P99("latency p99 of reads", "ms"),
  READ_P999("latency p99.9 of reads", "ms"),
  WRITE_P50("latency p50 of writes", "ms"),
  WRITE_P99("latency p99 of writes", "ms"),
  WRITE_P999("latency p99.9 of writes", "ms");

  private final String title;
  private final String unit;

  CapacityMeasure(String title, String unit) {
    this.title = title;
    this.unit = unit;
  }

  String title() {
    return title;
  }

  String unit() {
    return unit;
  }

  /// NaN where there was nothing of that kind.
  ///
  /// - `cpuMicros`: of the process, for all operations of the outcome.
  double of(Outcome outcome, double cpuMicros) {
    return switch (this) {
      case READS -> perSecond(outcome.reads(), outcome);
      case WRITES -> perSecond(outcome.writes(), outcome);
      case CPU -> cpuMicros / outcome.operations();
      case READ_P50 -> outcome.reads().p50Millis();
      case READ_P99 -> outcome.reads().p99Millis();
      case READ_P999 -> outcome.reads().p999Millis();
      case WRITE_P50 -> outcome.writes().p50Millis();
      case WRITE_P99 -> outcome.writes().p99Millis();
      case WRITE_P999 -> outcome.writes().p999Millis();
    };
  }

  Goal goal() {
    return switch (this) {
      case READS, WRITES -> new Goal.RatioAtLeast(1);
      case CPU, READ_P50, READ_P99, READ_P999, WRITE_P50, WRITE_P99, WRITE_P999 -> Goal.none();
    };
  }

  private static double perSecond(Spread spread, Outcome outcome) {
    return spread.count() == 0 ? Double.NaN : spread.count() / outcome.seconds() / 1000;
  }
}
