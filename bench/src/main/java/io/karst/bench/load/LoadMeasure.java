package io.karst.bench.load;

/// What a run of a cell is measured by.
public enum LoadMeasure {
  THROUGHPUT("throughput", "k/s"),
  CPU("CPU per command", "µs"),
  P50("latency p50", "ms"),
  P99("latency p99", "ms"),
  P999("latency p99.9", "ms"),
  GENERATOR("load generator busy", "%");

  private final String title;
  private final String unit;

  LoadMeasure(String title, String unit) {
    this.title = title;
    this.unit = unit;
  }

  String title() {
    return title;
  }

  String unit() {
    return unit;
  }

  double of(LoadRun run) {
    return switch (this) {
      case THROUGHPUT -> run.load().throughput() / 1000;
      case CPU -> run.cpuMicros();
      case P50 -> run.load().p50Millis();
      case P99 -> run.load().p99Millis();
      case P999 -> run.load().p999Millis();
      case GENERATOR -> run.generatorLoad() * 100;
    };
  }
}
