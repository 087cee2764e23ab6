package io.karst.bench.durable;

import io.karst.bench.harness.Children;
import io.karst.bench.harness.Contender;
import io.karst.bench.harness.DataDirectory;
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

/// `./karst bench --durable`, from the check of what it needs to the files with its result.
public final class DurableComparison {
  private static final List<String> NOTES =
      List.of(
          "Medians of the rounds; the servers took turns. The CSV file beside this one has"
              + " the extremes. A ratio of two figures of one server is that of the same round.",
          "SET: redis-benchmark, 50 connections, values of 64 bytes, keys at random among"
              + " those loaded before. Redis keeps an append-only file (and rewrites it as it does"
              + " by default), Karst a history with a checkpoint each time it has grown by 64 to"
              + " 128 MB.",
          "CPU is user and system time of the server process, all its threads and children,"
              + " per command, until it had nothing left to do in the background.",
          "GET during checkpoints: our own load generator, 50 connections, one request at a"
              + " time on each, keys at random, every reply checked. Before each checkpoint a"
              + " quarter of the keys were written anew; only GETs between BGSAVE and its end"
              + " count. Redis forks and writes everything, Karst what has changed.",
          "Resident growth is from before the first checkpoint that was asked for to the"
              + " peak within one, looked at five times a second; of Redis parent and child"
              + " together, pages they share counted once (PSS).",
          "Starts: the clock runs from the start of the process to the right value of a"
              + " key, asked for again each millisecond; files are in the page cache. Before a"
              + " kill one key in twenty was set anew. Redis loads an RDB file in both cases, and"
              + " has lost what came after that when it was killed.");

  private final Launcher launcher;
  private final Progress progress;

  /// - `root`: the directory of the repository.
  /// - `progress`: where to say what is going on.
  public DurableComparison(Path root, Children children, PrintStream progress) {
    launcher = new Launcher(root, children);
    this.progress = new Progress(progress);
  }

  /// Measures what the plan says, writes `bench/results`, and returns the path of the report.
  public Path run(DurablePlan wanted, PrintStream out) {
    RunReport report = new RunReport(launcher, progress);
    String redis = launcher.redisVersion();
    DurablePlan plan = redis.isEmpty() ? wanted.withoutRedis() : wanted;
    String generator =
        new RedisBenchmark(launcher.children(), DurablePlan.CONNECTIONS, 1, 1).version();
    List<Row> rows = new ArrayList<>();
    try (DataDirectory data = DataDirectory.in(plan.place(), plan.neededBytes())) {
      plan.parts().forEach(part -> rows.addAll(measure(part, plan, data)));
    }
    boolean beside = plan.contenders().contains(Contender.REDIS);
    String others = "Redis " + (beside ? redis : "none") + "; redis-benchmark " + generator;
    List<String> facts = report.facts(others, settings(plan));
    return report.publish(
        new Report("beside Redis, durable", "Redis", facts, rows, NOTES),
        out,
        "durable",
        plan.label());
  }

  private List<Row> measure(DurablePlan.Part part, DurablePlan plan, DataDirectory data) {
    return switch (part) {
      case SET -> new SetComparison(launcher, plan, progress).run(data);
      case CHECKPOINT -> new CheckpointLatency(launcher, plan, progress).run(data);
      case RESTART -> new Restart(launcher, plan, progress).run(data);
    };
  }

  private static String settings(DurablePlan plan) {
    return String.format(
        Locale.ROOT,
        "keys: %,d for SET, %,d for checkpoints, %,d for starts; rounds: %d, each of %s s; threads"
            + " of load: %d%s",
        plan.setKeys(),
        plan.checkpointKeys(),
        plan.restartKeys(),
        plan.rounds(),
        plan.seconds(),
        plan.threads(),
        plan.label().isEmpty() ? "" : " (" + plan.label() + ")");
  }
}
