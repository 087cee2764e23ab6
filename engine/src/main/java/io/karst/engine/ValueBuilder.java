package io.karst.engine;

import io.karst.base.Bytes;

/// A collection to be made of elements that are known one by one, before any key has it.
public sealed interface ValueBuilder extends AutoCloseable
    permits ElementsBuilder, SortedSetBuilder {
  /// The number of elements so far.
  int count();

  /// Makes a record of it, in no table yet.
  ///
  /// - throws [Fault.OutOfMemory]; then [#close] is all that may follow.
  long finish(Bytes key, long expiryMillis, int access);

  /// Gives back what it has taken.
  @Override
  void close();
}
