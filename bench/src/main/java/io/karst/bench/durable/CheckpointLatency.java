package io.karst.bench.durable;

import io.karst.bench.harness.Contender;
import io.karst.bench.harness.DataDirectory;
import io.karst.bench.harness.Launcher;
import io.karst.bench.harness.ProcessTree;
import io.karst.bench.harness.Progress;
import io.karst.bench.harness.RespConnection;
import io.karst.bench.harness.ServerProcess;
import io.karst.bench.harness.Settling;
import io.karst.bench.load.Dataset;
import io.karst.bench.load.DatasetLoader;
import io.karst.bench.load.KeyChoice;
import io.karst.bench.load.LoadGenerator;
import io.karst.bench.load.Mix;
import io.karst.bench.load.Outcome;
import io.karst.bench.load.Spread;
import io.karst.bench.report.Goal;
import io.karst.bench.report.Row;
import io.karst.bench.report.Series;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// GETs while nothing else goes on, and while what has changed goes to disk (`BGSAVE`).
///
/// A checkpoint of Karst writes what has changed since the last one, and begins by itself when that
/// is much; a snapshot of Redis writes everything. So before each a part of the keys is written
/// anew, and of the GETs, which go on all the time, those count that are answered between `BGSAVE`
/// and its end; again and again, until that is as long as a run should be.
final class CheckpointLatency {
  private static final Goal RATIO_GOAL = new Goal.AtMost(2);
  private static final Goal GROWTH_GOAL = new Goal.AtMost(10);
  private static final int VALUE_SIZE = 64;

  /// Of so many keys one is written anew before each checkpoint: with two million keys half a
  /// million of them, nearly as many as may change before Karst begins a checkpoint by itself.
  private static final int STRIDE = 4;

  private static final int CHECKPOINTS_MAX = 40;
  private static final int QUIET_SECONDS_MAX = 30;
  private static final double LEAD_SECONDS = 0.3;
  private static final double WARM_UP_SECONDS = 2;
  private static final double POLL_SECONDS = 0.02;

  /// To look at a server's memory is work for the machine that is measured.
  private static final int POLLS_PER_LOOK = 10;

  private static final double PERCENT = 100;
  private static final double MEGABYTE = 1e6;

  private final Launcher launcher;
  private final DurablePlan plan;
  private final Progress progress;
  private final Dataset dataset;
  private final DatasetLoader loader;
  private final Map<Contender, ServerProcess> servers = new EnumMap<>(Contender.class);
  private final Map<Figure, Series> series = new EnumMap<>(Figure.class);

  private final Map<Contender, Long> residentBefore = new EnumMap<>(Contender.class);

  /// What a row is about; in the order of the report.
  private enum Figure {
    P99_RATIO("checkpoint / idle", "p99 of GET", "×"),
    P999_RATIO("checkpoint / idle", "p99.9 of GET", "×"),
    GROWTH("resident, growth", "during checkpoints", "%"),
    P99_IDLE("latency p99", "GET, idle", "ms"),
    P99_BUSY("latency p99", "GET, checkpoint", "ms"),
    P999_IDLE("latency p99.9", "GET, idle", "ms"),
    P999_BUSY("latency p99.9", "GET, checkpoint", "ms"),
    SPEED_IDLE("throughput", "GET, idle", "k/s"),
    SPEED_BUSY("throughput", "GET, checkpoint", "k/s"),
    SECONDS("checkpoint", "duration", "s"),
    RESIDENT("resident", "before checkpoints", "MB"),
    RESIDENT_PEAK("resident", "peak in checkpoints", "MB");

    private final String measure;
    private final String subject;
    private final String unit;

    Figure(String measure, String subject, String unit) {
      this.measure = measure;
      this.subject = subject;
      this.unit = unit;
    }

    private Goal goal() {
      return switch (this) {
        case P99_RATIO, P999_RATIO -> RATIO_GOAL;
        case GROWTH -> GROWTH_GOAL;
        case P99_IDLE, P99_BUSY, P999_IDLE, P999_BUSY -> Goal.none();
        case SPEED_IDLE, SPEED_BUSY, SECONDS, RESIDENT, RESIDENT_PEAK -> Goal.none();
      };
    }
  }

  CheckpointLatency(Launcher launcher, DurablePlan plan, Progress progress) {
    this.launcher = launcher;
    this.plan = plan;
    this.progress = progress;
    dataset = new Dataset(plan.checkpointKeys(), VALUE_SIZE, VALUE_SIZE);
    loader = new DatasetLoader(dataset);
  }

  List<Row> run(DataDirectory data) {
    try {
      plan.contenders().forEach(contender -> start(contender, data));
      for (int round = 0; round < plan.rounds(); round++) {
        progress.step(
            String.format(Locale.ROOT, "GET, checkpoints, round %d/%d:", round + 1, plan.rounds()));
        servers.forEach(this::measure);
      }
    } finally {
      servers.values().forEach(ServerProcess::close);
      progress.endLine();
    }
    return rows();
  }

  private void start(Contender contender, DataDirectory data) {
    progress.step(
        String.format(
            Locale.ROOT, "GET, checkpoints: %,d keys into %s", dataset.keys(), contender));
    List<String> options = Durability.snapshotsIn(data.make("checkpoint-" + contender), contender);
    ServerProcess server = launcher.start(contender, options);
    servers.put(contender, server);
    try (RespConnection connection = server.connect()) {
      loader.load(connection);
    }
    LoadGenerator.run(gets(server), 0, WARM_UP_SECONDS);
  }

  private LoadGenerator.Settings gets(ServerProcess server) {
    Mix mix = new Mix(dataset, KeyChoice.uniform(dataset.keys()), 0);
    return new LoadGenerator.Settings(
        server.port(), mix, DurablePlan.CONNECTIONS, 1, plan.threads());
  }

  private void measure(Contender contender, ServerProcess server) {
    Settling.awaitQuiet(server.pid(), QUIET_SECONDS_MAX);
    Outcome idle = LoadGenerator.run(gets(server), LEAD_SECONDS, plan.seconds());
    Settling.awaitQuiet(server.pid(), QUIET_SECONDS_MAX);
    long resident =
        residentBefore.computeIfAbsent(
            contender, _ -> new ProcessTree(server.pid()).residentBytes());
    Checkpointing checkpointing = new Checkpointing(server);
    Outcome busy = checkpointing.run();
    long peak = checkpointing.residentPeak;
    Spread calm = idle.reads();
    Spread spread = busy.reads();
    add(contender, Figure.P99_RATIO, spread.p99Millis() / calm.p99Millis());
    add(contender, Figure.P999_RATIO, spread.p999Millis() / calm.p999Millis());
    add(contender, Figure.GROWTH, PERCENT * (peak - resident) / resident);
    add(contender, Figure.P99_IDLE, calm.p99Millis());
    add(contender, Figure.P99_BUSY, spread.p99Millis());
    add(contender, Figure.P999_IDLE, calm.p999Millis());
    add(contender, Figure.P999_BUSY, spread.p999Millis());
    add(contender, Figure.SPEED_IDLE, idle.throughput() / 1000);
    add(contender, Figure.SPEED_BUSY, busy.throughput() / 1000);
    add(contender, Figure.SECONDS, busy.seconds() / checkpointing.count);
    add(contender, Figure.RESIDENT, resident / MEGABYTE);
    add(contender, Figure.RESIDENT_PEAK, peak / MEGABYTE);
    progress.result(
        String.format(
            Locale.ROOT,
            "%s p99.9 %.2f, then %.2f ms",
            contender,
            calm.p999Millis(),
            spread.p999Millis()));
  }

  private void add(Contender contender, Figure figure, double value) {
    series.computeIfAbsent(figure, _ -> new Series()).add(contender, value);
  }

  private List<Row> rows() {
    List<Row> rows = new ArrayList<>();
    series.forEach((figure, figures) ->
        rows.add(figures.row(figure.measure, figure.subject, figure.unit, figure.goal())));
    return rows;
  }

  /// Checkpoints, one after the other, under one load.
  private final class Checkpointing {
    private final ServerProcess server;
    private final ProcessTree tree;
    private long residentPeak;
    private int count;

    private Checkpointing(ServerProcess server) {
      this.server = server;
      tree = new ProcessTree(server.pid());
    }

    private Outcome run() {
      try (LoadGenerator generator = LoadGenerator.start(gets(server));
          RespConnection connection = server.connect()) {
        while (generator.seconds() < plan.seconds() && count < CHECKPOINTS_MAX) {
          loader.load(connection, count % STRIDE, STRIDE);
          while (inProgress(connection)) {
            generator.pause(POLL_SECONDS);
          }
          generator.open();
          connection.call("BGSAVE");
          for (int poll = 0; poll == 0 || inProgress(connection); poll++) {
            if (poll % POLLS_PER_LOOK == 0) {
              residentPeak = Math.max(residentPeak, tree.residentBytes());
            }
            generator.pause(POLL_SECONDS);
          }
          generator.closeWindow();
          count++;
        }
        return generator.end();
      }
    }

    private static boolean inProgress(RespConnection connection) {
      return connection.call("INFO", "persistence").contains("rdb_bgsave_in_progress:1");
    }
  }
}
