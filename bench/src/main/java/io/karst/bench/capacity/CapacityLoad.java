package io.karst.bench.capacity;

import io.karst.bench.harness.Contender;
import io.karst.bench.harness.DataDirectory;
import io.karst.bench.harness.Launcher;
import io.karst.bench.harness.ProcessTree;
import io.karst.bench.harness.Progress;
import io.karst.bench.harness.RespConnection;
import io.karst.bench.harness.ServerProcess;
import io.karst.bench.harness.Settling;
import io.karst.bench.load.DatasetLoader;
import io.karst.bench.load.KeyChoice;
import io.karst.bench.load.LoadGenerator;
import io.karst.bench.load.Mix;
import io.karst.bench.load.Outcome;
import io.karst.bench.report.Goal;
import io.karst.bench.report.Rounds;
import io.karst.bench.report.Row;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/// Both stores, filled and under load by turns; whoever's turn it is not is left until it has
/// nothing to do any more.
final class CapacityLoad {
  private static final List<Integer> PIPELINES = List.of(1, 16);
  private static final int QUIET_SECONDS_MAX = 60;
  private static final int WARM_UP_RUNS = 2;
  private static final double MEGABYTE = 1e6;

  /// What the server may take besides its data, in bytes.
  private static final double BESIDES = 250e6;

  private final Launcher launcher;
  private final CapacityPlan plan;
  private final Progress progress;
  private final KeyChoice keys;
  private final CapacityRows rows = new CapacityRows();

  /// The loads: the part of the operations that write, by name.
  private enum Load {
    READS("reads only", 0),
    MIXED("half reads, half writes", 0.5);

    private final String title;
    private final double writes;

    Load(String title, double writes) {
      this.title = title;
      this.writes = writes;
    }
  }

  CapacityLoad(Launcher launcher, CapacityPlan plan, Progress progress) {
    this.launcher = launcher;
    this.plan = plan;
    this.progress = progress;
    keys = KeyChoice.scrambledZipfian(plan.dataset().keys());
  }

  List<Row> run(DataDirectory data) {
    List<String> options =
        List.of(
            "--dir",
            data.make("karst").toString(),
            "--maxmemory",
            plan.memoryMegabytes() + "mb",
            "--save",
            "");
    try (RocksProcess rocks = new RocksProcess(launcher.children(), plan, data.make("rocksdb"));
        ServerProcess karst = launcher.start(Contender.KARST, options);
        Peak rocksPeak = new Peak(rocks.pid());
        Peak karstPeak = new Peak(karst.pid())) {
      fill(rocks, karst);
      warmUp(rocks, karst);
      for (Load load : Load.values()) {
        for (int round = 0; round < plan.rounds(); round++) {
          progress.step(
              String.format(Locale.ROOT, "%s, round %d/%d:", load.title, round + 1, plan.rounds()));
          measure(load, rocks, karst);
        }
      }
      progress.endLine();
      List<Row> all = new ArrayList<>(rows.rows());
      all.add(resident(rocksPeak, karstPeak));
      return all;
    }
  }

  private void fill(RocksProcess rocks, ServerProcess karst) {
    String keysShown = String.format(Locale.ROOT, "%,d keys into ", plan.dataset().keys());
    progress.step(keysShown + "RocksDB");
    rocks.load();
    Settling.awaitQuiet(rocks.pid(), QUIET_SECONDS_MAX);
    progress.step(keysShown + "Karst");
    try (RespConnection connection = karst.connect()) {
      new DatasetLoader(plan.dataset()).load(connection);
    }
    Settling.awaitQuiet(karst.pid(), QUIET_SECONDS_MAX);
  }

  /// Until what is asked for most is in memory, and compiled what is done most.
  private void warmUp(RocksProcess rocks, ServerProcess karst) {
    progress.step("warming up, not measured");
    double seconds = WARM_UP_RUNS * plan.seconds();
    rocks.run(Load.READS.writes, seconds, 0);
    for (int pipeline : PIPELINES) {
      LoadGenerator.run(settings(karst, Load.READS, pipeline), seconds, 0);
    }
    Settling.awaitQuiet(karst.pid(), QUIET_SECONDS_MAX);
  }

  private void measure(Load load, RocksProcess rocks, ServerProcess karst) {
    double warmUp = plan.seconds() / 2;
    rows.addRocks(
        load.title,
        figures("RocksDB", rocks.pid(), () -> rocks.run(load.writes, warmUp, plan.seconds())));
    for (int pipeline : PIPELINES) {
      LoadGenerator.Settings settings = settings(karst, load, pipeline);
      rows.addKarst(
          load.title,
          pipeline,
          figures(
              "Karst/" + pipeline,
              karst.pid(),
              () -> LoadGenerator.run(settings, warmUp, plan.seconds())));
    }
  }

  private LoadGenerator.Settings settings(ServerProcess karst, Load load, int pipeline) {
    Mix mix = new Mix(plan.dataset(), keys, load.writes);
    return new LoadGenerator.Settings(
        karst.port(), mix, plan.connections(), pipeline, plan.threads());
  }

  /// Lets a load run, and takes what the process works until it is at rest again for the work of
  /// that load.
  private Map<CapacityMeasure, Double> figures(String name, long pid, Supplier<Outcome> load) {
    ProcessTree tree = new ProcessTree(pid);
    long before = tree.cpuMicros();
    Outcome outcome = load.get();
    Settling.awaitQuiet(pid, QUIET_SECONDS_MAX);
    double micros = tree.cpuMicros() - before;
    progress.result(String.format(Locale.ROOT, "%s %.1f k/s", name, outcome.throughput() / 1000));
    Map<CapacityMeasure, Double> figures = new EnumMap<>(CapacityMeasure.class);
    for (CapacityMeasure measure : CapacityMeasure.values()) {
      figures.put(measure, measure.of(outcome, micros));
    }
    return figures;
  }

  private Row resident(Peak rocks, Peak karst) {
    return new Row(
        "resident, peak",
        "from the first key on",
        "MB",
        new Rounds(rocks.bytes() / MEGABYTE),
        new Rounds(karst.bytes() / MEGABYTE),
        new Goal.AtMost((plan.memoryBytes() + BESIDES) / MEGABYTE));
  }
}
