package io.karst.bench.comparison;

import io.karst.bench.load.Cell;
import io.karst.bench.load.LoadMeasure;
import io.karst.bench.load.LoadTest;
import io.karst.bench.report.Goal;

/// The goals of the design: ratios to Redis, since absolute numbers are the machine's.
final class LoadGoals {
  private LoadGoals() {}

  static Goal of(LoadMeasure measure, Cell cell) {
    return switch (measure) {
      case THROUGHPUT -> throughput(cell.pipeline());
      case CPU -> cell.workload() == LoadTest.GET ? cpu(cell.pipeline()) : Goal.none();
      case P99 -> new Goal.RatioAtMost(1);
      case P50, P999, GENERATOR -> Goal.none();
    };
  }

  private static Goal throughput(int pipeline) {
    return switch (pipeline) {
      case 1 -> new Goal.RatioAtLeast(1.0);
      case 16 -> new Goal.RatioAtLeast(1.5);
      case 64 -> new Goal.RatioAtLeast(2.0);
      default -> Goal.none();
    };
  }

  /// The goals in microseconds, divided by what Redis takes on the machine they were set on.
  private static Goal cpu(int pipeline) {
    return switch (pipeline) {
      case 1 -> new Goal.RatioAtMost(9.5 / 10.3);
      case 16 -> new Goal.RatioAtMost(0.9 / 1.57);
      case 64 -> new Goal.RatioAtMost(0.6 / 1.30);
      default -> Goal.none();
    };
  }
}
