package io.karst.bench.comparison;

import io.karst.bench.harness.Contender;
import io.karst.bench.load.Cell;
import io.karst.bench.load.LoadTest;
import java.util.ArrayList;
import java.util.List;

/// What is to be measured, and for how long.
///
/// - `label`: `quick` or `partial` for what is less than the default, else empty.
/// - `rounds`: of each cell and server.
/// - `seconds`: how long a run of a cell should take.
/// - `requests`: of a run of a cell; 0 for as many as take `seconds`.
/// - `threads`: of the load generator.
/// - `keys`: in place before the load begins.
/// - `startUps`: of each server; 0 to leave that out.
/// - `memoryKeys`: for the memory a key takes; 0 to leave that out.
public record Plan(
    String label,
    List<Contender> contenders,
    List<LoadTest> tests,
    List<Integer> pipelines,
    int rounds,
    double seconds,
    long requests,
    int threads,
    int keys,
    int startUps,
    int memoryKeys) {
  public Plan {
    contenders = List.copyOf(contenders);
    tests = List.copyOf(tests);
    pipelines = List.copyOf(pipelines);
  }

  /// The number of connections of the load generator.
  static final int CONNECTIONS = 50;

  /// The same for Karst alone.
  Plan withoutRedis() {
    return new Plan(
        label,
        List.of(Contender.KARST),
        tests,
        pipelines,
        rounds,
        seconds,
        requests,
        threads,
        keys,
        startUps,
        memoryKeys);
  }

  List<Cell> cells() {
    List<Cell> cells = new ArrayList<>();
    for (LoadTest test : tests) {
      for (int pipeline : pipelines) {
        cells.add(new Cell(test, pipeline));
      }
    }
    return cells;
  }
}
