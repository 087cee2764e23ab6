package io.karst.bench.memory;

import io.karst.bench.harness.Contender;
import java.util.List;

/// What is to be measured.
///
/// - `label`: `quick` or `partial` for what is less than the default, else empty.
/// - `elements`: of all keys of a shape together, at least; one key if that alone has more.
public record MemoryPlan(
    String label, List<Contender> contenders, List<Shape> shapes, int rounds, int elements) {
  public MemoryPlan {
    contenders = List.copyOf(contenders);
    shapes = List.copyOf(shapes);
  }
}
