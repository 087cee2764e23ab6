package io.karst.lsm;

import io.karst.base.Invariant;
import org.jspecify.annotations.Nullable;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Slice;
import org.rocksdb.Snapshot;

/// An iterator over the keys of a family between two bounds, and the native memory it takes.
///
/// What it reads is not put into the cache: it passes by once, and would drive out what is asked
/// for again. Thread: its owner's, between [RocksStore#enter] and [RocksStore#leave].
final class Range implements AutoCloseable {
  final RocksIterator iterator;
  final ReadOptions options;
  private final RocksStore store;
  private final Slice lower;
  private final Slice upper;
  private final @Nullable Snapshot snapshot;

  /// - `from`, `to`: the bounds, the second exclusive.
  /// - `consistent`: whether [#options] read what the iterator sees, from other families too.
  Range(RocksStore store, ColumnFamilyHandle family, byte[] from, byte[] to, boolean consistent) {
    this.store = store;
    lower = new Slice(from);
    upper = new Slice(to);
    options =
        new ReadOptions()
            .setFillCache(false)
            .setIterateLowerBound(lower)
            .setIterateUpperBound(upper);
    snapshot = consistent ? store.db.getSnapshot() : null;
    if (snapshot != null) {
      options.setSnapshot(snapshot);
    }
    iterator = store.db.newIterator(family, options);
  }

  /// Whether the iterator is at an entry; if not, it is at the end.
  ///
  /// - throws [DamagedException] if it stopped because the next entry cannot be read.
  boolean atEntry() {
    if (iterator.isValid()) {
      return true;
    }
    try {
      iterator.status();
      return false;
    } catch (RocksDBException e) {
      throw Failures.ofReading(e);
    }
  }

  @Override
  public void close() {
    Invariant.check(iterator.isOwningHandle(), "an iterator is closed twice");
    iterator.close();
    options.close();
    lower.close();
    upper.close();
    if (snapshot != null) {
      store.db.releaseSnapshot(snapshot);
      snapshot.close();
    }
  }
}
