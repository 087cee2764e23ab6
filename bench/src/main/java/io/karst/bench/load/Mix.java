package io.karst.bench.load;

import java.util.SplittableRandom;

/// What a load asks for.
///
/// - `writes`: the part of the operations that write, 0 to 1.
public record Mix(Dataset dataset, KeyChoice keys, double writes) {
  /// Whether the next operation writes.
  public boolean nextWrites(SplittableRandom random) {
    return writes > 0 && random.nextDouble() < writes;
  }
}
