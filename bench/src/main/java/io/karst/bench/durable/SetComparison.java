package io.karst.bench.durable;

import io.karst.bench.harness.Contender;
import io.karst.bench.harness.DataDirectory;
import io.karst.bench.harness.Launcher;
import io.karst.bench.harness.Progress;
import io.karst.bench.harness.RespConnection;
import io.karst.bench.harness.ServerProcess;
import io.karst.bench.load.Cell;
import io.karst.bench.load.KeyLoader;
import io.karst.bench.load.LoadFigures;
import io.karst.bench.load.LoadMeasure;
import io.karst.bench.load.LoadRun;
import io.karst.bench.load.LoadTest;
import io.karst.bench.load.RedisBenchmark;
import io.karst.bench.report.Goal;
import io.karst.bench.report.Row;
import io.karst.bench.report.Series;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// SETs in memory only, with a history that is synced every second, and with one that is synced
/// before each reply.
///
/// Of each contender there are two servers: one without a directory, and one whose `appendfsync` is
/// changed as it goes. Before it is another's turn, a server is given the time to finish what it
/// does in the background.
final class SetComparison {
  private static final Goal SHARE_GOAL = new Goal.AtLeast(0.9);
  private static final int WARM_UP_ROUNDS = 2;
  private static final int TRIAL_PER_DEPTH = 2_000;
  private static final int PROBE_PER_DEPTH = 300;
  private static final long REQUESTS_MIN = 2_000;

  private final Launcher launcher;
  private final DurablePlan plan;
  private final Progress progress;
  private final RedisBenchmark benchmark;
  private final Map<Contender, ServerProcess> inMemory = new EnumMap<>(Contender.class);
  private final Map<Contender, ServerProcess> onDisk = new EnumMap<>(Contender.class);
  private final LoadFigures<Subject> figures = new LoadFigures<>(LoadMeasure.values());
  private final List<Row> shares = new ArrayList<>();

  /// What a row is about.
  private record Subject(Cell cell, Durability durability) {
    @Override
    public String toString() {
      return cell + ", " + durability;
    }
  }

  SetComparison(Launcher launcher, DurablePlan plan, Progress progress) {
    this.launcher = launcher;
    this.plan = plan;
    this.progress = progress;
    benchmark =
        new RedisBenchmark(
            launcher.children(), DurablePlan.CONNECTIONS, plan.threads(), plan.setKeys());
  }

  List<Row> run(DataDirectory data) {
    try {
      plan.contenders().forEach(contender -> start(contender, data));
      warmUp();
      plan.pipelines().forEach(this::measure);
    } finally {
      inMemory.values().forEach(ServerProcess::close);
      onDisk.values().forEach(ServerProcess::close);
      progress.endLine();
    }
    List<Row> all = new ArrayList<>(shares);
    all.addAll(figures.rows(SetComparison::goal));
    return all;
  }

  private void start(Contender contender, DataDirectory data) {
    progress.step(String.format(Locale.ROOT, "SET: %,d keys into %s", plan.setKeys(), contender));
    inMemory.put(contender, launcher.start(contender));
    List<String> options = Durability.historyIn(data.make("set-" + contender), contender);
    onDisk.put(contender, launcher.start(contender, options));
    KeyLoader loader = new KeyLoader(LoadTest.SET.prefix(), "x".repeat(RedisBenchmark.VALUE_SIZE));
    for (Durability durability : List.of(Durability.MEMORY, Durability.EVERYSEC)) {
      try (RespConnection connection = server(contender, durability).connect()) {
        loader.load(connection, plan.setKeys());
      }
    }
  }

  private ServerProcess server(Contender contender, Durability durability) {
    return of(durability == Durability.MEMORY ? inMemory : onDisk, contender);
  }

  /// A JVM compiles what turns out to be hot.
  private void warmUp() {
    for (int i = 0; i < WARM_UP_ROUNDS; i++) {
      progress.step("warming up Karst, not measured:");
      for (int pipeline : plan.pipelines()) {
        Cell cell = new Cell(LoadTest.SET, pipeline);
        progress.result(cell.toString());
        long requests = cell.workload().trialRequests(pipeline);
        for (Durability durability : List.of(Durability.MEMORY, Durability.EVERYSEC)) {
          benchmark.measure(server(Contender.KARST, durability).port(), cell, requests);
        }
      }
    }
  }

  private void measure(int pipeline) {
    SetCell cell = new SetCell(pipeline);
    for (int round = 0; round < plan.rounds(); round++) {
      for (Durability durability : Durability.values()) {
        progress.step(
            String.format(
                Locale.ROOT,
                "%s, %s, round %d/%d:",
                cell.cell,
                durability,
                round + 1,
                plan.rounds()));
        plan.contenders().forEach(contender -> cell.turn(contender, durability));
      }
    }
    shares.add(cell.share.row("everysec / in memory", cell.cell.toString(), "×", SHARE_GOAL));
  }

  /// One depth of pipelining, with what was measured of it so far.
  private final class SetCell {
    private final Cell cell;
    private final Series share = new Series();
    private final Map<Durability, Map<Contender, Long>> requests = new EnumMap<>(Durability.class);

    /// The latest throughput in memory only.
    private final Map<Contender, Double> inMemorySpeed = new EnumMap<>(Contender.class);

    private SetCell(int pipeline) {
      cell = new Cell(LoadTest.SET, pipeline);
      for (Durability durability : Durability.values()) {
        requests.put(durability, new EnumMap<>(Contender.class));
      }
    }

    private void turn(Contender contender, Durability durability) {
      ServerProcess server = server(contender, durability);
      choose(contender, durability);
      long count = of(requests, durability).computeIfAbsent(contender, _ -> requests(server, cell));
      LoadRun run = LoadRun.settled(benchmark, server, cell, count);
      figures.add(new Subject(cell, durability), contender, run);
      double speed = run.load().throughput();
      progress.result(String.format(Locale.ROOT, "%s %.1f k/s", contender, speed / 1000));
      switch (durability) {
        case MEMORY -> inMemorySpeed.put(contender, speed);
        case EVERYSEC -> share.add(contender, speed / of(inMemorySpeed, contender));
        case ALWAYS -> {}
      }
    }
  }

  /// Whoever syncs before each reply should be no slower than Redis is.
  private static Goal goal(LoadMeasure measure, Subject subject) {
    return measure == LoadMeasure.THROUGHPUT && subject.durability == Durability.ALWAYS
        ? new Goal.RatioAtLeast(1)
        : Goal.none();
  }

  /// What is in the map, as it must be.
  private static <K, V> V of(Map<K, V> map, K key) {
    V value = map.get(key);
    if (value == null) {
      throw new IllegalStateException("nothing of " + key);
    }
    return value;
  }

  private void choose(Contender contender, Durability durability) {
    if (durability != Durability.MEMORY) {
      try (RespConnection connection = server(contender, durability).connect()) {
        connection.call("CONFIG", "SET", "appendfsync", durability.appendfsync());
      }
    }
  }

  /// How many requests take as long as a run should. A sync may take a hundred times what a SET
  /// does: a few requests tell how many make a trial.
  private long requests(ServerProcess server, Cell cell) {
    long probe = (long) PROBE_PER_DEPTH * cell.pipeline();
    double slow = benchmark.measure(server.port(), cell, probe).throughput();
    long trial = Math.clamp(Math.round(slow / 2), probe, (long) TRIAL_PER_DEPTH * cell.pipeline());
    double throughput = benchmark.measure(server.port(), cell, trial).throughput();
    return Math.max(REQUESTS_MIN, Math.round(throughput * plan.seconds()));
  }
}
