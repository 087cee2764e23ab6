package io.karst.bench.memory;

import io.karst.bench.harness.Children;
import io.karst.bench.harness.Contender;
import io.karst.bench.harness.Launcher;
import io.karst.bench.harness.Progress;
import io.karst.bench.harness.RespConnection;
import io.karst.bench.harness.ServerProcess;
import io.karst.bench.harness.Settling;
import io.karst.bench.load.CommandBatch;
import io.karst.bench.report.Goal;
import io.karst.bench.report.Report;
import io.karst.bench.report.Row;
import io.karst.bench.report.RunReport;
import io.karst.bench.report.Series;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// `./karst bench --memory`, from the check of what it needs to the files with its result.
///
/// Each shape has a server of its own. Before the keys are loaded, as many commands go to one key,
/// again and again: what a server occupies because it works (compiled code, the heap of a JVM) is
/// not taken for what the elements need.
public final class MemoryComparison {
  private static final Goal GOAL = new Goal.RatioAtMost(1);
  private static final int WARM_UP_SIZE = 10_000;
  private static final long WARM_UP_ELEMENTS_MIN = 1_000_000;
  private static final List<String> NOTES =
      List.of(
          "Bytes per element: the growth while keys were loaded, divided by the number of elements;"
              + " what a key takes besides is in it. Medians of the rounds.",
          "used: used_memory of INFO. resident: pages of the process.",
          "Before that, as many elements had been put into one key, again and again, so that"
              + " compiled code and the heap of the JVM are not in the growth. What is left of that"
              + " are some megabytes, as are the slabs that a server has begun: of few elements the"
              + " figures say little.");

  private final Launcher launcher;
  private final Progress progress;

  /// - `root`: the directory of the repository.
  /// - `progress`: where to say what is going on.
  public MemoryComparison(Path root, Children children, PrintStream progress) {
    launcher = new Launcher(root, children);
    this.progress = new Progress(progress);
  }

  /// Measures what the plan says, writes `bench/results`, and returns the path of the report.
  public Path run(MemoryPlan plan, PrintStream out) {
    RunReport report = new RunReport(launcher, progress);
    List<Row> rows = new ArrayList<>();
    for (Shape shape : plan.shapes()) {
      rows.addAll(measure(plan, shape));
    }
    progress.endLine();
    List<String> facts = report.facts("Redis " + launcher.redisVersion(), settings(plan));
    return report.publish(
        new Report("beside Redis, bytes per element", "Redis", facts, rows, NOTES),
        out,
        "memory",
        plan.label());
  }

  private List<Row> measure(MemoryPlan plan, Shape shape) {
    Series used = new Series();
    Series resident = new Series();
    progress.step(shape + ":");
    int keys = Math.max(1, plan.elements() / shape.size());
    for (int round = 0; round < plan.rounds(); round++) {
      for (Contender contender : plan.contenders()) {
        Growth growth = growth(contender, shape, keys);
        used.add(contender, growth.used);
        resident.add(contender, growth.resident);
        progress.result(
            String.format(Locale.ROOT, "%s %.1f / %.1f", contender, growth.used, growth.resident));
      }
    }
    return List.of(
        used.row("used per element", shape.toString(), "bytes", GOAL),
        resident.row("resident per element", shape.toString(), "bytes", GOAL));
  }

  /// Bytes per element.
  private record Growth(double used, double resident) {}

  private Growth growth(Contender contender, Shape shape, int keys) {
    double elements = (double) keys * shape.size();
    try (ServerProcess server = launcher.start(contender);
        RespConnection connection = server.connect()) {
      CommandBatch batch = new CommandBatch(connection);
      warmUp(batch, shape, keys);
      long residentBefore = Settling.residentBytes(server);
      long usedBefore = used(connection);
      for (int i = 0; i < keys; i++) {
        shape.fill(batch, String.format(Locale.ROOT, "key:%012d", i), shape.size());
      }
      batch.end();
      long residentAfter = Settling.residentBytes(server);
      return new Growth(
          (used(connection) - usedBefore) / elements, (residentAfter - residentBefore) / elements);
    }
  }

  private static void warmUp(CommandBatch batch, Shape shape, int keys) {
    int size = Math.min(shape.size(), WARM_UP_SIZE);
    long elements = Math.max(WARM_UP_ELEMENTS_MIN, (long) keys * shape.size());
    long rounds = elements / size;
    for (long i = 0; i < rounds; i++) {
      batch.send(List.of("DEL", "warm"));
      shape.fill(batch, "warm", size);
    }
    batch.send(List.of("DEL", "warm"));
    batch.end();
  }

  private static long used(RespConnection connection) {
    return connection
        .call("INFO", "memory")
        .lines()
        .filter(line -> line.startsWith("used_memory:"))
        .mapToLong(line -> Long.parseLong(line.substring(line.indexOf(':') + 1).strip()))
        .findFirst()
        .orElseThrow();
  }

  private static String settings(MemoryPlan plan) {
    return String.format(
        Locale.ROOT,
        "elements of a shape: %,d; rounds: %d%s",
        plan.elements(),
        plan.rounds(),
        plan.label().isEmpty() ? "" : " (" + plan.label() + ")");
  }
}
