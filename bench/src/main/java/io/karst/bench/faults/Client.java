package io.karst.bench.faults;

/// Somebody who works on a cluster for as long as a round lasts.
@FunctionalInterface
interface Client {
  /// Does one thing.
  ///
  /// - throws [Violation] if the cluster has broken a promise.
  void step();

  /// What to do when the round is over.
  default void end() {}
}
