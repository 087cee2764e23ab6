package io.karst.bench.quorum;

import java.util.List;

/// What to measure.
///
/// - `label`: `quick` or `partial` for what is less than the default, else empty.
/// - `clients`: how many at once, one run each.
/// - `rounds`: of each run.
/// - `failovers`: how many leaders are killed.
/// - `others`: whether etcd and Redis are measured, too.
public record QuorumPlan(
    String label, List<Integer> clients, int rounds, int seconds, int failovers, boolean others) {
  public QuorumPlan {
    clients = List.copyOf(clients);
  }
}
