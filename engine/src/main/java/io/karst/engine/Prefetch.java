package io.karst.engine;

import io.karst.keyspace.Database;
import io.karst.keyspace.Key;
import io.karst.keyspace.Keyspace;

/// Loads of memory ahead of its use. Thread: its transaction's.
final class Prefetch {
  private final Keyspace keyspace;

  /// Where the loads end, so that the compiler keeps them.
  @SuppressWarnings("unused")
  private long sink;

  Prefetch(Keyspace keyspace) {
    this.keyspace = keyspace;
  }

  /// Loads what the look-ups of keys of locked slots will need, all of one step before the next, so
  /// that the cache misses overlap instead of queueing.
  void load(int database, Key[] keys, int count) {
    Database data = keyspace.find(database);
    for (int i = 0; i < count; i++) {
      keys[i].hash(keyspace.hasher());
    }
    if (data == null || count == 1) {
      return;
    }
    long sum = 0;
    for (int i = 0; i < count; i++) {
      sum += data.touchHome(keys[i]);
    }
    for (int i = 0; i < count; i++) {
      sum += data.touchRecord(keys[i]);
    }
    sink = sum;
  }
}
