package io.karst.memory;

/// Is shown entries of an [OrderedIndex] in their order, under the lock of their slot; the handle
/// is good for the call, which does not change the index.
@FunctionalInterface
public interface EntryVisitor {
  /// Returns whether to go on.
  boolean visit(long rank, long record);
}
