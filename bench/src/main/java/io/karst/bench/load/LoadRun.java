package io.karst.bench.load;

import io.karst.bench.harness.ProcessFigures;
import io.karst.bench.harness.ProcessTree;
import io.karst.bench.harness.ServerProcess;
import io.karst.bench.harness.Settling;

/// One run of a cell.
///
/// - `cpuMicros`: processor time of the server per command, all its threads and children.
/// - `generatorLoad`: the part of its time in which a thread of the load generator was busy. Near 1
///   the server was not the limit, and could have done more.
public record LoadRun(LoadResult load, double cpuMicros, double generatorLoad) {
  private static final int QUIET_SECONDS_MAX = 20;

  /// Puts a load on a server.
  public static LoadRun of(
      RedisBenchmark benchmark, ServerProcess server, Cell cell, long requests) {
    return run(benchmark, server, cell, requests, 0);
  }

  /// As [#of], begun when the server has nothing else to do; what it has to do afterwards counts.
  public static LoadRun settled(
      RedisBenchmark benchmark, ServerProcess server, Cell cell, long requests) {
    Settling.awaitQuiet(server.pid(), QUIET_SECONDS_MAX);
    return run(benchmark, server, cell, requests, QUIET_SECONDS_MAX);
  }

  private static LoadRun run(
      RedisBenchmark benchmark, ServerProcess server, Cell cell, long requests, int quietSeconds) {
    ProcessTree tree = new ProcessTree(server.pid());
    long before = tree.cpuMicros();
    long generatorBefore = ProcessFigures.endedChildrenCpuMicros();
    LoadResult load = benchmark.measure(server.port(), cell, requests);
    double generatorMicros = ProcessFigures.endedChildrenCpuMicros() - generatorBefore;
    Settling.awaitQuiet(server.pid(), quietSeconds);
    return new LoadRun(
        load,
        (double) (tree.cpuMicros() - before) / requests,
        generatorMicros / (requests / load.throughput() * 1e6) / benchmark.threads());
  }
}
