package io.karst.bench.scripts;

import io.karst.bench.harness.Contender;
import io.karst.bench.load.Cell;
import io.karst.bench.load.Turns;
import java.util.List;

/// What is to be measured, and for how long.
///
/// - `label`: `quick` or `partial` for what is less than the default, else empty.
/// - `connections`, `threads`: of the load generator.
/// - `loops`: event loops of Karst; 0 for as many as it takes by itself.
public record ScriptsPlan(
    String label,
    List<Contender> contenders,
    List<ScriptTest> tests,
    List<Integer> connections,
    List<Integer> pipelines,
    Turns.Length length,
    int threads,
    int loops) {
  /// Keys at random are of so many.
  static final int KEYS = 100_000;

  public ScriptsPlan {
    contenders = List.copyOf(contenders);
    tests = List.copyOf(tests);
    connections = List.copyOf(connections);
    pipelines = List.copyOf(pipelines);
  }

  /// What is measured with so many connections.
  List<Cell> cells(int count) {
    return tests.stream()
        .flatMap(test ->
            pipelines.stream().map(pipeline -> new Cell(new ScriptLoad(test, count), pipeline)))
        .toList();
  }
}
