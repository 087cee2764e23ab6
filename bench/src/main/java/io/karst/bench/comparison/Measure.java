package io.karst.bench.comparison;

import io.karst.bench.load.Cell;
import io.karst.bench.load.LoadTest;
import io.karst.bench.report.Goal;

/// What a run of a cell is measured by, with the goals of the design: ratios to Redis, since
/// absolute numbers are the machine's.
enum Measure {
  THROUGHPUT("throughput", "k/s"),
  CPU("CPU per command", "µs"),
  P50("latency p50", "ms"),
  P99("latency p99", "ms"),
  P999("latency p99.9", "ms"),
  GENERATOR("load generator busy", "%");

  private final String title;
  private final String unit;

  Measure(String title, String unit) {
    this.title = title;
    this.unit = unit;
  }

  String title() {
    return title;
  }

  String unit() {
    return unit;
  }

  double of(Run run) {
    return switch (this) {
      case THROUGHPUT -> run.load().throughput() / 1000;
      case CPU -> run.cpuMicros();
      case P50 -> run.load().p50Millis();
      case P99 -> run.load().p99Millis();
      case P999 -> run.load().p999Millis();
      case GENERATOR -> run.generatorLoad() * 100;
    };
  }

  Goal goal(Cell cell) {
    return switch (this) {
      case THROUGHPUT -> throughputGoal(cell.pipeline());
      case CPU -> cell.test() == LoadTest.GET ? cpuGoal(cell.pipeline()) : Goal.none();
      case P99 -> new Goal.RatioAtMost(1);
      case P50, P999, GENERATOR -> Goal.none();
    };
  }

  private static Goal throughputGoal(int pipeline) {
    return switch (pipeline) {
      case 1 -> new Goal.RatioAtLeast(1.0);
      case 16 -> new Goal.RatioAtLeast(1.5);
      case 64 -> new Goal.RatioAtLeast(2.0);
      default -> Goal.none();
    };
  }

  /// The goals in microseconds, divided by what Redis takes on the machine they were set on.
  private static Goal cpuGoal(int pipeline) {
    return switch (pipeline) {
      case 1 -> new Goal.RatioAtMost(9.5 / 10.3);
      case 16 -> new Goal.RatioAtMost(0.9 / 1.57);
      case 64 -> new Goal.RatioAtMost(0.6 / 1.30);
      default -> Goal.none();
    };
  }
}
