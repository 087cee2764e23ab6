package io.karst.bench.comparison;

import io.karst.bench.harness.Contender;
import io.karst.bench.harness.HarnessException;
import io.karst.bench.harness.Launcher;
import io.karst.bench.harness.Progress;
import io.karst.bench.harness.RespConnection;
import io.karst.bench.harness.ServerProcess;
import io.karst.bench.load.Cell;
import io.karst.bench.load.KeyLoader;
import io.karst.bench.load.LoadFigures;
import io.karst.bench.load.LoadMeasure;
import io.karst.bench.load.LoadTest;
import io.karst.bench.load.RedisBenchmark;
import io.karst.bench.load.Turns;
import io.karst.bench.report.Row;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// The cells: both servers are up and hold the same keys; they take turns, round by round.
final class LoadComparison {
  private final Launcher launcher;
  private final Plan plan;
  private final Progress progress;
  private final RedisBenchmark benchmark;
  private final Map<Contender, ServerProcess> servers = new EnumMap<>(Contender.class);

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
      return measure();
    } finally {
      servers.values().forEach(ServerProcess::close);
    }
  }

  private List<Row> measure() {
    Turns.Length length = new Turns.Length(plan.rounds(), plan.seconds(), plan.requests());
    LoadFigures<Cell> figures = new LoadFigures<>(LoadMeasure.values());
    new Turns(servers, benchmark, length, progress).measure(plan.cells(), figures);
    return figures.rows(LoadGoals::of);
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
}
