package io.karst.lsm;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A lower bound of the times in the index of expiries, by database: where to begin to look for
/// keys that are due, past the many entries that were deleted before.
///
/// A reader may raise the bound to the first entry it has met, but only if no batch was being
/// written or was written since the reader's view was taken: that batch may have an earlier entry.
///
/// Thread-safe; one writer.
final class ExpiryFloors {
  /// Where to look: entries of `database` at or after `millis`.
  record Floor(int database, long millis) {}

  // Guarded by this.
  private final TreeMap<Integer, Long> floors = new TreeMap<>();

  /// Odd while a batch is being written. Guarded by this.
  private long version;

  /// Before a batch is written.
  synchronized void beginWrite() {
    version++;
  }

  /// After it was, or has failed.
  synchronized void endWrite() {
    version++;
  }

  /// An entry is about to be written.
  synchronized void lower(int database, long millis) {
    floors.merge(database, millis, Math::min);
  }

  /// A database and its entries are gone.
  synchronized void drop(int database) {
    floors.remove(database);
  }

  /// What [#raise] wants to know of the reader's view; to be asked for before the view is taken.
  synchronized long version() {
    return version;
  }

  /// The first entry that a view taken at `seenVersion` has is at `millis`; [Long#MAX_VALUE] if
  /// there is none.
  synchronized void raise(int database, long millis, long seenVersion) {
    if (version != seenVersion || (version & 1) != 0) {
      return;
    }
    if (millis == Long.MAX_VALUE) {
      floors.remove(database);
    } else {
      floors.put(database, millis);
    }
  }

  /// The earliest of all; [Long#MAX_VALUE] if there is none.
  synchronized long earliest() {
    long earliest = Long.MAX_VALUE;
    for (long floor : floors.values()) {
      earliest = Math.min(earliest, floor);
    }
    return earliest;
  }

  /// The bound of the next database after `database`, -1 for the first; null if there is none.
  synchronized @Nullable Floor after(int database) {
    Map.Entry<Integer, Long> next = floors.higherEntry(database);
    return next == null ? null : new Floor(next.getKey(), next.getValue());
  }
}
