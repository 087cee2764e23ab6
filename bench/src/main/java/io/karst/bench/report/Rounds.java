package io.karst.bench.report;

import java.util.Arrays;

/// The same figure, measured several times.
public final class Rounds {
  private final double[] sorted;

  /// - `values`: at least one.
  public Rounds(double... values) {
    sorted = values.clone();
    Arrays.sort(sorted);
  }

  public double median() {
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  public double min() {
    return sorted[0];
  }

  public double max() {
    return sorted[sorted.length - 1];
  }

  public int count() {
    return sorted.length;
  }
}
