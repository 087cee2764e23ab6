package io.karst.bench.comparison;

import io.karst.bench.harness.Children;
import io.karst.bench.harness.Contender;
import io.karst.bench.harness.Launcher;
import io.karst.bench.harness.Progress;
import io.karst.bench.load.RedisBenchmark;
import io.karst.bench.report.Report;
import io.karst.bench.report.Row;
import io.karst.bench.report.RunReport;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// A whole comparison, from the check of what it needs to the files with its result.
public final class Comparison {
  private static final List<String> NOTES =
      List.of(
          "Medians of the rounds; the servers took turns within each cell. The CSV file beside this"
              + " one has the extremes.",
          "Load: redis-benchmark, 50 connections, values of 64 bytes, keys at random among those"
              + " loaded before, so that GETs find theirs. A command of MSET sets ten keys.",
          "Latency is a client's wait for the replies to all it sent at once: a whole pipeline.",
          "CPU is user and system time of the server process, all its threads, per command.",
          "Where the load generator is busy near 100 %, it was the limit, not the server; --threads"
              + " gives it more.",
          "Before it was measured, Karst had run every cell twice, so that its code was compiled;"
              + " then each server ran each cell once more, to find out how many requests to make.",
          "Resident per key: the growth while the keys were loaded, after as many SETs to a few"
              + " keys.");

  private final Launcher launcher;
  private final Progress progress;

  /// - `root`: the directory of the repository.
  /// - `progress`: where to say what is going on.
  public Comparison(Path root, Children children, PrintStream progress) {
    launcher = new Launcher(root, children);
    this.progress = new Progress(progress);
  }

  /// Measures what the plan says, writes `bench/results`, and returns the path of the report.
  public Path run(Plan wanted, PrintStream out) {
    RunReport report = new RunReport(launcher, progress);
    RedisBenchmark benchmark =
        new RedisBenchmark(launcher.children(), Plan.CONNECTIONS, wanted.threads(), wanted.keys());
    String generator = benchmark.version();
    Plan plan = withoutMissingRedis(wanted);
    List<Row> rows = measure(plan, benchmark);
    List<String> facts = report.facts(others(plan, generator), settings(plan));
    return report.publish(
        new Report("beside Redis", "Redis", facts, rows, NOTES), out, plan.label());
  }

  private Plan withoutMissingRedis(Plan plan) {
    if (!plan.contenders().contains(Contender.REDIS) || !launcher.redisVersion().isEmpty()) {
      return plan;
    }
    progress.note("redis-server is not installed: only Karst is measured");
    return plan.withoutRedis();
  }

  private List<Row> measure(Plan plan, RedisBenchmark benchmark) {
    List<Row> rows = new ArrayList<>();
    if (!plan.cells().isEmpty()) {
      rows.addAll(new LoadComparison(launcher, plan, progress, benchmark).run());
    }
    if (plan.memoryKeys() > 0) {
      rows.addAll(new MemoryUse(launcher, plan, progress).run());
    }
    if (plan.startUps() > 0) {
      rows.addAll(new StartUp(launcher, plan, progress).run());
    }
    return rows;
  }

  private String others(Plan plan, String generator) {
    String redis = plan.contenders().contains(Contender.REDIS) ? launcher.redisVersion() : "none";
    return "Redis " + redis + "; redis-benchmark " + generator;
  }

  private static String settings(Plan plan) {
    return String.format(
        Locale.ROOT,
        "keys: %,d; rounds: %d, each of %s; threads of load: %d%s",
        plan.keys(),
        plan.rounds(),
        plan.requests() > 0 ? plan.requests() + " requests" : plan.seconds() + " s",
        plan.threads(),
        plan.label().isEmpty() ? "" : " (" + plan.label() + ")");
  }
}
