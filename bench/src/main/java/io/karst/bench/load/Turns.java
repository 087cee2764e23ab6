package io.karst.bench.load;

import io.karst.bench.harness.Contender;
import io.karst.bench.harness.Progress;
import io.karst.bench.harness.RespConnection;
import io.karst.bench.harness.ServerProcess;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Puts one cell after the other on all servers, which take turns, round by round.
public final class Turns {
  /// A run is measured if it is this long at least; shorter would be noise.
  private static final long REQUESTS_MIN = 10_000;

  /// Unmeasured rounds over all cells, for Karst only: its JVM compiles what turns out to be hot.
  private static final int WARM_UP_ROUNDS = 2;

  private final Map<Contender, ServerProcess> servers;
  private final RedisBenchmark benchmark;
  private final Length length;
  private final Progress progress;

  /// How long a cell takes.
  ///
  /// - `rounds`: of each server.
  /// - `seconds`: of a run.
  /// - `requests`: of a run; 0 for as many as take `seconds`.
  public record Length(int rounds, double seconds, long requests) {
    /// As a report says it, with the threads of the load generator and the label of the plan.
    public String settings(int threads, String label) {
      return String.format(
          Locale.ROOT,
          "rounds: %d, each of %s s; threads of load: %d%s",
          rounds,
          seconds,
          threads,
          label.isEmpty() ? "" : " (" + label + ")");
    }
  }

  public Turns(
      Map<Contender, ServerProcess> servers,
      RedisBenchmark benchmark,
      Length length,
      Progress progress) {
    this.servers = servers;
    this.benchmark = benchmark;
    this.length = length;
    this.progress = progress;
  }

  /// Measures all cells, after Karst has run each without a result.
  public void measure(List<Cell> cells, LoadFigures<Cell> figures) {
    warmUp(cells);
    for (int i = 0; i < cells.size(); i++) {
      Cell cell = cells.get(i);
      progress.step(String.format(Locale.ROOT, "%2d/%d %s:", i + 1, cells.size(), cell));
      measure(cell, figures);
    }
    progress.endLine();
  }

  private void warmUp(List<Cell> cells) {
    ServerProcess karst = servers.get(Contender.KARST);
    if (karst == null) {
      return;
    }
    for (int i = 0; i < WARM_UP_ROUNDS; i++) {
      progress.step("warming up Karst, not measured:");
      for (Cell cell : cells) {
        progress.result(cell.workload() + "/" + cell.pipeline());
        trial(karst, cell);
      }
    }
  }

  private void measure(Cell cell, LoadFigures<Cell> figures) {
    Map<Contender, Long> requests = new EnumMap<>(Contender.class);
    servers.forEach((contender, server) -> requests.put(contender, requests(server, cell)));
    for (int round = 0; round < length.rounds; round++) {
      servers.forEach((contender, server) -> {
        LoadRun run = run(server, cell, requests.getOrDefault(contender, REQUESTS_MIN));
        figures.add(cell, contender, run);
        progress.result(
            String.format(Locale.ROOT, "%s %.0f k/s", contender, LoadMeasure.THROUGHPUT.of(run)));
      });
    }
  }

  /// How many requests take as long as a run should; found out by a trial, which warms up as well.
  private long requests(ServerProcess server, Cell cell) {
    double throughput = trial(server, cell);
    if (length.requests > 0) {
      return length.requests;
    }
    return Math.max(REQUESTS_MIN, Math.round(throughput * length.seconds));
  }

  private double trial(ServerProcess server, Cell cell) {
    prepare(server, cell, cell.trialRequests());
    return benchmark.measure(server.port(), cell, cell.trialRequests()).throughput();
  }

  private LoadRun run(ServerProcess server, Cell cell, long requests) {
    prepare(server, cell, requests);
    return LoadRun.of(benchmark, server, cell, requests);
  }

  private static void prepare(ServerProcess server, Cell cell, long requests) {
    try (RespConnection connection = server.connect()) {
      cell.workload().prepare(connection, requests);
    }
  }
}
