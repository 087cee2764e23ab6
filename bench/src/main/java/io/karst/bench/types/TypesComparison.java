package io.karst.bench.types;

import io.karst.bench.harness.Children;
import io.karst.bench.harness.Contender;
import io.karst.bench.harness.Launcher;
import io.karst.bench.harness.Progress;
import io.karst.bench.harness.ServerProcess;
import io.karst.bench.load.Cell;
import io.karst.bench.load.LoadFigures;
import io.karst.bench.load.LoadMeasure;
import io.karst.bench.load.RedisBenchmark;
import io.karst.bench.load.Turns;
import io.karst.bench.report.Goal;
import io.karst.bench.report.Report;
import io.karst.bench.report.Row;
import io.karst.bench.report.RunReport;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// `./karst bench --types`, from the check of what it needs to the files with its result.
public final class TypesComparison {
  private static final List<String> NOTES =
      List.of(
          "Medians of the rounds; the servers took turns within each cell. The CSV file beside this"
              + " one has the extremes.",
          "Load: redis-benchmark, 50 connections, all on one key. What is popped, read by a group"
              + " or acknowledged was put there before the run, as much of it as there are"
              + " requests; what is added to begins empty. Numbers at random are below a million.",
          "LPUSH to ZPOPMIN are the commands of redis-benchmark, with values of 3 bytes. LRANGE is"
              + " of a list of 1000. ZRANGEBYSCORE asks for 10 members of a million from a score"
              + " on, HGETALL for 100 fields, SINTER for the 5000 members that two sets of 10 000"
              + " have in common.",
          "CPU is user and system time of the server process, all its threads, per command: the"
              + " steadier figure where others use the machine.",
          "Latency is a client's wait for the replies to all it sent at once: a whole pipeline.",
          "Where the load generator is busy near 100 %, it was the limit, not the server.");

  private final Launcher launcher;
  private final Progress progress;

  /// - `root`: the directory of the repository.
  /// - `progress`: where to say what is going on.
  public TypesComparison(Path root, Children children, PrintStream progress) {
    launcher = new Launcher(root, children);
    this.progress = new Progress(progress);
  }

  /// Measures what the plan says, writes `bench/results`, and returns the path of the report.
  public Path run(TypesPlan plan, PrintStream out) {
    RunReport report = new RunReport(launcher, progress);
    RedisBenchmark benchmark =
        new RedisBenchmark(
            launcher.children(), TypesPlan.CONNECTIONS, plan.threads(), TypeTest.NUMBERS);
    String others = "Redis " + launcher.redisVersion() + "; redis-benchmark " + benchmark.version();
    List<Row> rows = measure(plan, benchmark);
    List<String> facts = report.facts(others, plan.length().settings(plan.threads(), plan.label()));
    return report.publish(
        new Report("beside Redis, type by type", "Redis", facts, rows, NOTES),
        out,
        "types",
        plan.label());
  }

  private List<Row> measure(TypesPlan plan, RedisBenchmark benchmark) {
    Map<Contender, ServerProcess> servers = new EnumMap<>(Contender.class);
    LoadFigures<Cell> figures =
        new LoadFigures<>(
            LoadMeasure.THROUGHPUT, LoadMeasure.CPU, LoadMeasure.P99, LoadMeasure.GENERATOR);
    try {
      plan.contenders().forEach(contender -> servers.put(contender, launcher.start(contender)));
      new Turns(servers, benchmark, plan.length(), progress).measure(plan.cells(), figures);
    } finally {
      servers.values().forEach(ServerProcess::close);
    }
    return figures.rowsBySubject(TypesComparison::goal);
  }

  private static Goal goal(LoadMeasure measure, Cell cell) {
    if (measure != LoadMeasure.THROUGHPUT) {
      return Goal.none();
    }
    return switch (cell.pipeline()) {
      case 1 -> new Goal.RatioAtLeast(1.0);
      case 16 -> new Goal.RatioAtLeast(1.3);
      default -> Goal.none();
    };
  }
}
