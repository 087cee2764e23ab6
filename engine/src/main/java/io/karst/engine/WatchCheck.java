package io.karst.engine;

import io.karst.keyspace.Database;
import io.karst.keyspace.Key;
import io.karst.memory.Record;

/// Asks whether what a client watches is as it was, the clock looked at: what has expired since has
/// changed.
///
/// Thread: its transaction's, under the locks of all that is watched.
final class WatchCheck {
  private final Tx tx;
  private final Watcher watcher;

  WatchCheck(Tx tx, Watcher watcher) {
    this.tx = tx;
    this.watcher = watcher;
  }

  boolean stands() {
    int database = tx.database();
    for (Watcher.Watch watch : watcher.all()) {
      if (watch.existed() && watch.expiryMillis() >= 0 && watch.expiryMillis() <= tx.now()) {
        watcher.touch();
      }
      expireElements(watch);
    }
    tx.enter(database);
    return !watcher.touched();
  }

  /// Removes what is due of the elements of a key, which is in memory if any of them expires.
  private void expireElements(Watcher.Watch watch) {
    Database data = tx.keyspace().find(watch.database());
    Key key = watch.key();
    key.hash(tx.keyspace().hasher());
    long record = data == null ? Record.NONE : data.find(key);
    if (record != Record.NONE
        && !Record.tombstone(record)
        && !Record.due(record, tx.now())
        && Record.elementExpiry(record) <= tx.now()) {
      tx.enter(watch.database());
      tx.expireElements(key);
    }
  }
}
