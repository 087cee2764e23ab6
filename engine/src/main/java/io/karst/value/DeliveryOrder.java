package io.karst.value;

import io.karst.base.Fault;
import io.karst.memory.Allocator;
import io.karst.memory.EntryVisitor;
import io.karst.memory.Magazine;
import io.karst.memory.OrderedIndex;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The pending entries of a group from the longest without a delivery to the latest: kept from the
/// first time on that somebody asks for it. Most groups are never asked, and would pay for it with
/// each entry that is delivered and acknowledged.
///
/// Entries that were delivered in the same millisecond are in the order of their ids. Under the
/// lock of the key's slot.
final class DeliveryOrder {
  /// Null as long as nobody has asked.
  private @Nullable OrderedIndex index;

  boolean isKept() {
    return index != null;
  }

  /// Keeps the order from now on.
  ///
  /// - `pending`: all entries, in any order.
  /// - throws [Fault.OutOfMemory]; it is not kept then.
  void keep(Magazine magazine, OrderedIndex pending) {
    OrderedIndex made = new OrderedIndex();
    try {
      pending.visit(
          0,
          Long.MAX_VALUE,
          false,
          (rank, record) -> {
            made.add(magazine, StreamPending.deliveredMillis(record), record);
            return true;
          });
    } catch (Fault.OutOfMemory full) {
      made.clear(magazine);
      throw full;
    }
    index = made;
  }

  /// Adds an entry; [#remove] takes it out again, whatever its record says then.
  ///
  /// - throws [Fault.OutOfMemory]; nothing has changed then.
  void add(Magazine magazine, long deliveredMillis, long record) {
    if (index != null) {
      index.add(magazine, deliveredMillis, record);
    }
  }

  /// Takes an entry out that stands here as delivered at a time.
  void remove(Magazine magazine, long deliveredMillis, long record) {
    if (index != null) {
      index.remove(magazine, deliveredMillis, record);
    }
  }

  /// Shows when entries were delivered, and their records, until the visitor has enough.
  void visit(EntryVisitor visitor) {
    kept().visit(0, Long.MAX_VALUE, false, visitor);
  }

  /// When the first was delivered; there is one.
  long firstMillis() {
    return kept().rankAt(0);
  }

  private OrderedIndex kept() {
    return Objects.requireNonNull(index);
  }

  long overhead() {
    return index == null ? 0 : index.overhead();
  }

  /// Forgets all, and is not kept any more.
  void clear(Magazine magazine) {
    if (index != null) {
      index.clear(magazine);
      index = null;
    }
  }

  /// An entry has another record than before, of the same content.
  void relocate(long record, long moved) {
    if (index != null) {
      index.relocate(StreamPending.deliveredMillis(moved), record, moved);
    }
  }

  void relocateSparse(Magazine magazine, Allocator allocator) {
    if (index != null) {
      index.relocateSparse(magazine, allocator, 0, Integer.MAX_VALUE);
    }
  }
}
