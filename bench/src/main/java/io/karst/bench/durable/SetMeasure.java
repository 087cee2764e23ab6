package io.karst.bench.durable;

import io.karst.bench.report.Goal;

/// What a run of SETs is measured by.
enum SetMeasure {
  THROUGHPUT("throughput", "k/s"),
  CPU("CPU per command", "µs"),
  P50("latency p50", "ms"),
  P99("latency p99", "ms"),
  P999("latency p99.9", "ms"),
  GENERATOR("load generator busy", "%");

  private final String title;
  private final String unit;

  SetMeasure(String title, String unit) {
    this.title = title;
    this.unit = unit;
  }

  String title() {
    return title;
  }

  String unit() {
    return unit;
  }

  double of(SetRun run) {
    return switch (this) {
      case THROUGHPUT -> run.load().throughput() / 1000;
      case CPU -> run.cpuMicros();
      case P50 -> run.load().p50Millis();
      case P99 -> run.load().p99Millis();
      case P999 -> run.load().p999Millis();
      case GENERATOR -> run.generatorLoad() * 100;
    };
  }

  /// Whoever syncs before each reply should be no slower than Redis is.
  Goal goal(Durability durability) {
    return this == THROUGHPUT && durability == Durability.ALWAYS
        ? new Goal.RatioAtLeast(1)
        : Goal.none();
  }
}
