package io.karst.bench.scripts;

import io.karst.bench.harness.Children;
import io.karst.bench.harness.Contender;
import io.karst.bench.harness.Launcher;
import io.karst.bench.harness.Progress;
import io.karst.bench.harness.ServerProcess;
import io.karst.bench.load.Cell;
import io.karst.bench.load.LoadFigures;
import io.karst.bench.load.LoadMeasure;
import io.karst.bench.load.RedisBenchmark;
import io.karst.bench.load.Turns;
import io.karst.bench.report.Goal;
import io.karst.bench.report.Report;
import io.karst.bench.report.Row;
import io.karst.bench.report.RunReport;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// `./karst bench --scripts`, from the check of what it needs to the files with its result.
public final class ScriptsComparison {
  private static final List<String> NOTES =
      List.of(
          "Medians of the rounds; the servers took turns within each cell. The CSV file beside this"
              + " one has the extremes.",
          "Load: redis-benchmark with EVALSHA; each call names one key, at random of 100 000, and"
              + " begins with an empty keyspace.",
          "NOTHING is `return 1`. RATE_LIMIT is INCR, and EXPIRE if the key was new. LOCK is SET NX"
              + " PX and DEL. TWENTY_CALLS is INCR of one key, twenty times. COMPUTE adds 20 000"
              + " numbers, and SETs their sum.",
          "CPU is user and system time of the server process, all its threads, per script: the"
              + " steadier figure where others use the machine.",
          "Latency is a client's wait for the replies to all it sent at once: a whole pipeline.",
          "Where the load generator is busy near 100 %, it was the limit, not the server.");

  private final Launcher launcher;
  private final Progress progress;

  /// - `root`: the directory of the repository.
  /// - `progress`: where to say what is going on.
  public ScriptsComparison(Path root, Children children, PrintStream progress) {
    launcher = new Launcher(root, children);
    this.progress = new Progress(progress);
  }

  /// Measures what the plan says, writes `bench/results`, and returns the path of the report.
  public Path run(ScriptsPlan plan, PrintStream out) {
    RunReport report = new RunReport(launcher, progress);
    String version = benchmark(plan, 1).version();
    String others = "Redis " + launcher.redisVersion() + "; redis-benchmark " + version;
    List<Row> rows = measure(plan);
    String settings = plan.length().settings(plan.threads(), plan.label());
    String loops = plan.loops() == 0 ? "" : "; event loops of Karst: " + plan.loops();
    List<String> facts = report.facts(others, settings + loops);
    return report.publish(
        new Report("scripts beside Redis", "Redis", facts, rows, NOTES),
        out,
        "scripts",
        plan.label());
  }

  private RedisBenchmark benchmark(ScriptsPlan plan, int connections) {
    int threads = Math.min(connections, plan.threads());
    return new RedisBenchmark(launcher.children(), connections, threads, ScriptsPlan.KEYS);
  }

  private List<Row> measure(ScriptsPlan plan) {
    Map<Contender, ServerProcess> servers = new EnumMap<>(Contender.class);
    LoadFigures<Cell> figures =
        new LoadFigures<>(
            LoadMeasure.THROUGHPUT, LoadMeasure.CPU, LoadMeasure.P99, LoadMeasure.GENERATOR);
    try {
      plan.contenders().forEach(contender -> servers.put(contender, start(plan, contender)));
      for (int connections : plan.connections()) {
        new Turns(servers, benchmark(plan, connections), plan.length(), progress)
            .measure(plan.cells(connections), figures);
      }
    } finally {
      servers.values().forEach(ServerProcess::close);
    }
    return figures.rowsBySubject(ScriptsComparison::goal);
  }

  private ServerProcess start(ScriptsPlan plan, Contender contender) {
    List<String> options = new ArrayList<>(Launcher.inMemory(contender));
    if (contender == Contender.KARST && plan.loops() > 0) {
      options.addAll(List.of("--io-threads", Integer.toString(plan.loops())));
    }
    return launcher.start(contender, options);
  }

  private static Goal goal(LoadMeasure measure, Cell cell) {
    if (measure != LoadMeasure.THROUGHPUT || !(cell.workload() instanceof ScriptLoad load)) {
      return Goal.none();
    }
    boolean many = load.connections() > 1 && cell.pipeline() > 1;
    return new Goal.RatioAtLeast(many ? 1.5 : 1.0);
  }
}
