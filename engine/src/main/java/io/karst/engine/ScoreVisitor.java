package io.karst.engine;

import io.karst.base.Bytes;

/// Is shown the members of a sorted set one by one. What it is shown is good until the transaction
/// ends.
@FunctionalInterface
public interface ScoreVisitor {
  void visit(Bytes member, double score);
}
