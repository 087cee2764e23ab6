package io.karst.commands;

import io.karst.engine.ScoreVisitor;

/// Members of sorted sets with their scores, that a reply consists of; as [StringSource].
public interface ScoreSource {
  /// How many members there are.
  int size();

  /// See [StringSource#isLong].
  default boolean isLong() {
    return false;
  }

  /// Shows the members in order; each is good during the call only.
  void forEach(ScoreVisitor visitor);
}
