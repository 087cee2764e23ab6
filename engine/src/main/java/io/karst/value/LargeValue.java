package io.karst.value;

import io.karst.memory.Allocator;
import io.karst.memory.Magazine;

/// A collection that is too large to be packed into the record of its key: an object on the heap
/// that says where in native memory its elements are.
///
/// Only so many of these exist as there are large collections, so that the heap stays small
/// whatever the number of keys. Under the lock of the key's slot.
public sealed interface LargeValue permits ElementTable, NodeList, StreamLog {
  /// The number of elements.
  int count();

  /// The native memory it takes, in bytes.
  long bytes();

  /// Gives all of that back; the value is not used any more.
  void free(Magazine magazine);

  /// Moves what lies in sparse slabs, about `count` pieces from `index` on, 0 to begin; returns the
  /// index to go on with, which may be negative, or -1 when all have been seen.
  ///
  /// - throws [io.karst.base.Fault.OutOfMemory]; what has been moved stays moved.
  int relocateSparse(Magazine magazine, Allocator allocator, int index, int count);
}
