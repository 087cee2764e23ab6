package io.karst.bench.load;

/// How long operations of one kind took.
///
/// - `count`: of the operations.
/// - the others: NaN if there were none.
public record Spread(long count, double p50Millis, double p99Millis, double p999Millis) {
  public static Spread of(Latencies latencies) {
    return new Spread(
        latencies.count(),
        latencies.percentileMillis(50),
        latencies.percentileMillis(99),
        latencies.percentileMillis(99.9));
  }
}
