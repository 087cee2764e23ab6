package io.karst.memory;

/// As [RecordVisitor], of one that may have enough.
@FunctionalInterface
public interface RecordPredicate {
  /// Whether more records are wanted.
  boolean wantsMore(long record);
}
