package io.karst.bench.comparison;

import io.karst.bench.harness.Contender;
import io.karst.bench.harness.HarnessException;
import io.karst.bench.harness.Launcher;
import io.karst.bench.harness.ProcessFigures;
import io.karst.bench.harness.Progress;
import io.karst.bench.harness.RespConnection;
import io.karst.bench.harness.ServerProcess;
import io.karst.bench.load.Cell;
import io.karst.bench.load.KeyLoader;
import io.karst.bench.load.LoadResult;
import io.karst.bench.load.LoadTest;
import io.karst.bench.load.RedisBenchmark;
import io.karst.bench.report.Row;
import io.karst.bench.report.Series;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// The cells: both servers are up and hold the same keys; they take turns, round by round.
final class LoadComparison {
  /// A run is measured if it is this long at least; shorter would be noise.
  private static final long REQUESTS_MIN = 10_000;

  /// Unmeasured rounds over all cells, for Karst only: its JVM compiles what turns out to be hot.
  private static final int WARM_UP_ROUNDS = 2;

  private final Launcher launcher;
  private final Plan plan;
  private final Progress progress;
  private final RedisBenchmark benchmark;
  private final Map<Contender, ServerProcess> servers = new EnumMap<>(Contender.class);
  private final Map<Measure, List<Row>> rows = new EnumMap<>(Measure.class);

  LoadComparison(Launcher launcher, Plan plan, Progress progress, RedisBenchmark benchmark) {
    this.launcher = launcher;
    this.plan = plan;
    this.progress = progress;
    this.benchmark = benchmark;
  }

  List<Row> run() {
    try {
      plan.contenders().forEach(contender -> servers.put(contender, launcher.start(contender)));
      servers.forEach(this::loadKeys);
      warmUp();
      List<Cell> cells = plan.cells();
      for (int i = 0; i < cells.size(); i++) {
        progress.step(String.format(Locale.ROOT, "%2d/%d %s:", i + 1, cells.size(), cells.get(i)));
        measure(cells.get(i));
      }
      progress.endLine();
    } finally {
      servers.values().forEach(ServerProcess::close);
    }
    List<Row> all = new ArrayList<>();
    rows.values().forEach(all::addAll);
    return all;
  }

  private void loadKeys(Contender contender, ServerProcess server) {
    progress.step(String.format(Locale.ROOT, "loading %,d keys into %s", plan.keys(), contender));
    try (RespConnection connection = server.connect()) {
      String value = "x".repeat(RedisBenchmark.VALUE_SIZE);
      new KeyLoader(LoadTest.GET.prefix(), value).load(connection, plan.keys());
      if (plan.tests().contains(LoadTest.INCR)) {
        new KeyLoader(LoadTest.INCR.prefix(), "0").load(connection, plan.keys());
      }
      checkKeys(connection);
    }
  }

  /// The measured GETs are of keys that exist.
  private void checkKeys(RespConnection connection) {
    long sets = plan.tests().contains(LoadTest.INCR) ? 2 : 1;
    long size = Long.parseLong(connection.call("DBSIZE"));
    if (size != sets * plan.keys()) {
      throw new HarnessException("loaded " + sets * plan.keys() + " keys, but there are " + size);
    }
  }

  private void warmUp() {
    ServerProcess karst = servers.get(Contender.KARST);
    if (karst == null) {
      return;
    }
    for (int i = 0; i < WARM_UP_ROUNDS; i++) {
      progress.step("warming up Karst, not measured:");
      for (Cell cell : plan.cells()) {
        progress.result(cell.test() + "/" + cell.pipeline());
        benchmark.measure(karst.port(), cell, cell.test().trialRequests(cell.pipeline()));
      }
    }
  }

  private void measure(Cell cell) {
    Map<Contender, Long> requests = new EnumMap<>(Contender.class);
    servers.forEach((contender, server) -> requests.put(contender, requests(server, cell)));
    Map<Measure, Series> series = new EnumMap<>(Measure.class);
    for (int round = 0; round < plan.rounds(); round++) {
      for (Map.Entry<Contender, ServerProcess> entry : servers.entrySet()) {
        Contender contender = entry.getKey();
        Run run = run(entry.getValue(), cell, requests.getOrDefault(contender, REQUESTS_MIN));
        for (Measure measure : Measure.values()) {
          series.computeIfAbsent(measure, _ -> new Series()).add(contender, measure.of(run));
        }
        progress.result(
            String.format(Locale.ROOT, "%s %.0f k/s", contender, Measure.THROUGHPUT.of(run)));
      }
    }
    series.forEach((measure, figures) -> addRow(measure, cell, figures));
  }

  private void addRow(Measure measure, Cell cell, Series figures) {
    rows.computeIfAbsent(measure, _ -> new ArrayList<>())
        .add(figures.row(measure.title(), cell.toString(), measure.unit(), measure.goal(cell)));
  }

  /// How many requests take as long as a run should; found out by a trial, which warms up as well.
  private long requests(ServerProcess server, Cell cell) {
    long trial = cell.test().trialRequests(cell.pipeline());
    double throughput = benchmark.measure(server.port(), cell, trial).throughput();
    if (plan.requests() > 0) {
      return plan.requests();
    }
    return Math.max(REQUESTS_MIN, Math.round(throughput * plan.seconds()));
  }

  private Run run(ServerProcess server, Cell cell, long requests) {
    long serverBefore = server.cpuMicros();
    long generatorBefore = ProcessFigures.endedChildrenCpuMicros();
    LoadResult load = benchmark.measure(server.port(), cell, requests);
    double generatorMicros = ProcessFigures.endedChildrenCpuMicros() - generatorBefore;
    double tookMicros = requests / load.throughput() * 1e6;
    return new Run(
        load,
        (double) (server.cpuMicros() - serverBefore) / requests,
        generatorMicros / tookMicros / plan.threads());
  }
}
