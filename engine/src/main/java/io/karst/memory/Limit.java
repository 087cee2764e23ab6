package io.karst.memory;

/// What a [Magazine] does where the limit of its [Allocator] is in the way.
public enum Limit {
  /// Nothing more is taken: the allocation fails.
  KEPT,
  /// It is taken: the others find less than none left, until as much has come back.
  PASSED,
  /// It is taken, and the others' limit is as much higher until [Allocator#endOverdraft].
  RAISED
}
