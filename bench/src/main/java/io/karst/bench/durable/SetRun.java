package io.karst.bench.durable;

import io.karst.bench.harness.ProcessFigures;
import io.karst.bench.harness.ProcessTree;
import io.karst.bench.harness.ServerProcess;
import io.karst.bench.harness.Settling;
import io.karst.bench.load.Cell;
import io.karst.bench.load.LoadResult;
import io.karst.bench.load.RedisBenchmark;

/// One run of SETs.
///
/// - `cpuMicros`: processor time of the server per command, its children's and what it had to do
///   afterwards included.
/// - `generatorLoad`: the part of its time in which a thread of the load generator was busy.
record SetRun(LoadResult load, double cpuMicros, double generatorLoad) {
  private static final int QUIET_SECONDS_MAX = 20;

  static SetRun of(RedisBenchmark benchmark, ServerProcess server, Cell cell, long requests) {
    ProcessTree tree = new ProcessTree(server.pid());
    Settling.awaitQuiet(server.pid(), QUIET_SECONDS_MAX);
    long before = tree.cpuMicros();
    long generatorBefore = ProcessFigures.endedChildrenCpuMicros();
    LoadResult load = benchmark.measure(server.port(), cell, requests);
    double generatorMicros = ProcessFigures.endedChildrenCpuMicros() - generatorBefore;
    Settling.awaitQuiet(server.pid(), QUIET_SECONDS_MAX);
    return new SetRun(
        load,
        (double) (tree.cpuMicros() - before) / requests,
        generatorMicros / (requests / load.throughput() * 1e6) / benchmark.threads());
  }
}
