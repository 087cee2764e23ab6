package io.karst.value;

import io.karst.memory.Allocator;
import io.karst.memory.Magazine;
import org.jspecify.annotations.Nullable;

/// A collection that is too large to be packed into the record of its key: an object on the heap
/// that says where in native memory its elements are, and what the disk tier has to learn of it.
///
/// Only so many of these exist as there are large collections, so that the heap stays small
/// whatever the number of keys. Under the lock of the key's slot.
public abstract sealed class LargeValue permits ElementTable, NodeList, StreamLog {
  private @Nullable Amendments amendments;

  /// The number of elements.
  public abstract int count();

  /// The native memory it takes, in bytes.
  public final long bytes() {
    return elementBytes() + (amendments == null ? 0 : amendments.bytes());
  }

  /// Gives all of that back; the value is not used any more.
  public final void free(Magazine magazine) {
    amend(magazine, null);
    freeElements(magazine);
  }

  /// Moves what lies in sparse slabs, about `count` pieces from `index` on, 0 to begin; returns the
  /// index to go on with, which may be negative, or -1 when all have been seen.
  ///
  /// - throws [io.karst.base.Fault.OutOfMemory]; what has been moved stays moved.
  public final int relocateSparse(Magazine magazine, Allocator allocator, int index, int count) {
    if (index == 0 && amendments != null) {
      amendments.relocateSparse(magazine, allocator);
    }
    return relocateSparseElements(magazine, allocator, index, count);
  }

  /// What was done to it since the tier got it whole; null if that is not known, and the next
  /// checkpoint writes it whole.
  public final @Nullable Amendments amendments() {
    return amendments;
  }

  /// Puts others in the place of the amendments, which are freed.
  public final void amend(Magazine magazine, @Nullable Amendments others) {
    if (amendments != null) {
      amendments.free(magazine);
    }
    amendments = others;
  }

  abstract long elementBytes();

  abstract void freeElements(Magazine magazine);

  abstract int relocateSparseElements(Magazine magazine, Allocator allocator, int index, int count);
}
