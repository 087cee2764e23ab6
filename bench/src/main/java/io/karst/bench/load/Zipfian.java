package io.karst.bench.load;

import java.util.SplittableRandom;

/// Ranks from 0 on, the rank `i` with a probability that goes with `1 / (i + 1)^theta`.
///
/// Exact for the first two ranks, a close approximation for the others, in constant time; making
/// one takes time that grows with the number of ranks.
///
/// Source: J. Gray et al., "Quickly Generating Billion-Record Synthetic Databases", SIGMOD 1994; as
/// YCSB does it.
final class Zipfian implements KeyChoice {
  /// The skew that YCSB takes: with millions of keys, half of all requests go to a percent or so.
  static final double YCSB_THETA = 0.99;

  private final int ranks;
  private final double zeta;
  private final double alpha;
  private final double eta;
  private final double second;

  /// - `theta`: above 0, below 1.
  Zipfian(int ranks, double theta) {
    this.ranks = ranks;
    zeta = zeta(ranks, theta);
    alpha = 1 / (1 - theta);
    second = 1 + Math.pow(0.5, theta);
    eta = (1 - Math.pow(2.0 / ranks, 1 - theta)) / (1 - second / zeta);
  }

  @Override
  public int next(SplittableRandom random) {
    double u = random.nextDouble();
    double uz = u * zeta;
    if (uz < 1) {
      return 0;
    }
    if (uz < second) {
      return 1;
    }
    return Math.min(ranks - 1, (int) (ranks * Math.pow(eta * u - eta + 1, alpha)));
  }

  /// The probability of a rank.
  static double probability(int rank, int ranks, double theta) {
    return 1 / Math.pow(rank + 1, theta) / zeta(ranks, theta);
  }

  private static double zeta(int ranks, double theta) {
    double sum = 0;
    for (int i = ranks; i >= 1; i--) {
      sum += 1 / Math.pow(i, theta);
    }
    return sum;
  }
}
