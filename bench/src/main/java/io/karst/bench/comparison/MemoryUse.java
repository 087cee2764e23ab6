package io.karst.bench.comparison;

import io.karst.bench.harness.Contender;
import io.karst.bench.harness.Launcher;
import io.karst.bench.harness.Progress;
import io.karst.bench.harness.RespConnection;
import io.karst.bench.harness.ServerProcess;
import io.karst.bench.harness.Settling;
import io.karst.bench.load.KeyLoader;
import io.karst.bench.load.LoadTest;
import io.karst.bench.load.RedisBenchmark;
import io.karst.bench.report.Goal;
import io.karst.bench.report.Row;
import io.karst.bench.report.Series;
import java.util.List;
import java.util.Locale;

/// The memory a key of 16 bytes takes with its value of 64.
///
/// Before the keys are loaded, as many SETs go to a few keys: what a server occupies because it
/// works (compiled code, the heap of a JVM) is not taken for what the keys need.
final class MemoryUse {
  private static final Goal BYTES_GOAL = new Goal.AtMost(120);
  private static final int FEW_KEYS = 2_000;
  private static final double MEGABYTE = 1e6;

  private final Launcher launcher;
  private final Plan plan;
  private final Progress progress;
  private final Series bytesPerKey = new Series();
  private final Series workingMegabytes = new Series();
  private final Series loadedMegabytes = new Series();

  MemoryUse(Launcher launcher, Plan plan, Progress progress) {
    this.launcher = launcher;
    this.plan = plan;
    this.progress = progress;
  }

  List<Row> run() {
    progress.step("resident bytes per key, " + plan.memoryKeys() + " keys:");
    plan.contenders().forEach(this::measure);
    progress.endLine();
    String keys = String.format(Locale.ROOT, "%,d keys", plan.memoryKeys());
    return List.of(
        bytesPerKey.row("resident per key", "16 + 64 bytes", "bytes", BYTES_GOAL),
        workingMegabytes.row("resident, warmed up", FEW_KEYS + " keys", "MB", Goal.none()),
        loadedMegabytes.row("resident, loaded", keys, "MB", Goal.none()));
  }

  private void measure(Contender contender) {
    KeyLoader loader = new KeyLoader(LoadTest.SET.prefix(), "x".repeat(RedisBenchmark.VALUE_SIZE));
    try (ServerProcess server = launcher.start(contender);
        RespConnection connection = server.connect()) {
      for (int i = 0; i < plan.memoryKeys(); i += FEW_KEYS) {
        loader.load(connection, FEW_KEYS);
      }
      long before = Settling.residentBytes(server);
      loader.load(connection, plan.memoryKeys());
      long after = Settling.residentBytes(server);
      double bytes = (double) (after - before) / (plan.memoryKeys() - FEW_KEYS);
      bytesPerKey.add(contender, bytes);
      workingMegabytes.add(contender, before / MEGABYTE);
      loadedMegabytes.add(contender, after / MEGABYTE);
      progress.result(String.format(Locale.ROOT, "%s %.0f", contender, bytes));
    }
  }
}
