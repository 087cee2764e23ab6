package io.karst.bench.types;

import io.karst.bench.harness.Contender;
import io.karst.bench.load.Cell;
import io.karst.bench.load.Turns;
import java.util.List;

/// What is to be measured, and for how long.
///
/// - `label`: `quick` or `partial` for what is less than the default, else empty.
/// - `threads`: of the load generator.
public record TypesPlan(
    String label,
    List<Contender> contenders,
    List<TypeTest> tests,
    List<Integer> pipelines,
    Turns.Length length,
    int threads) {
  /// The number of connections of the load generator.
  static final int CONNECTIONS = 50;

  public TypesPlan {
    contenders = List.copyOf(contenders);
    tests = List.copyOf(tests);
    pipelines = List.copyOf(pipelines);
  }

  List<Cell> cells() {
    return tests.stream()
        .flatMap(test -> pipelines.stream().map(pipeline -> new Cell(test, pipeline)))
        .toList();
  }
}
