package io.karst.bench.comparison;

import io.karst.bench.harness.Contender;
import io.karst.bench.harness.Launcher;
import io.karst.bench.harness.Progress;
import io.karst.bench.harness.ServerProcess;
import io.karst.bench.harness.Settling;
import io.karst.bench.report.Goal;
import io.karst.bench.report.Row;
import io.karst.bench.report.Series;
import java.util.List;
import java.util.Locale;

/// How long it takes from the start of a process to its first reply, and what it occupies then.
///
/// The first start of each server is not counted: it brings the program into the page cache.
final class StartUp {
  private static final Goal MILLIS_GOAL = new Goal.AtMost(1000);
  private static final Goal MEGABYTES_GOAL = new Goal.AtMost(120);
  private static final double MEGABYTE = 1e6;

  private final Launcher launcher;
  private final Plan plan;
  private final Progress progress;
  private final Series millis = new Series();
  private final Series megabytes = new Series();

  StartUp(Launcher launcher, Plan plan, Progress progress) {
    this.launcher = launcher;
    this.plan = plan;
    this.progress = progress;
  }

  List<Row> run() {
    progress.step("start to first reply, " + plan.startUps() + " times each:");
    plan.contenders().forEach(contender -> launcher.start(contender).close());
    for (int i = 0; i < plan.startUps(); i++) {
      plan.contenders().forEach(this::measure);
    }
    progress.endLine();
    return List.of(
        millis.row("start to first reply", "", "ms", MILLIS_GOAL),
        megabytes.row("resident, idle", "after start", "MB", MEGABYTES_GOAL));
  }

  private void measure(Contender contender) {
    try (ServerProcess server = launcher.start(contender)) {
      double took = server.startUp().toNanos() / 1e6;
      millis.add(contender, took);
      megabytes.add(contender, Settling.residentBytes(server) / MEGABYTE);
      progress.result(String.format(Locale.ROOT, "%s %.0f ms", contender, took));
    }
  }
}
