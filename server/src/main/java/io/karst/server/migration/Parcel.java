package io.karst.server.migration;

import io.karst.base.Bytes;
import io.karst.engine.Watcher;
import io.karst.keyspace.Key;

/// A key as it was when it was packed.
///
/// - `payload`: as `DUMP` makes it; empty if there is no such key.
/// - `ttlMillis`: how long it had to live; 0 for ever.
/// - `watcher`: watches it since.
record Parcel(Key key, Bytes payload, long ttlMillis, Watcher watcher) {
  boolean isEmpty() {
    return payload.isEmpty();
  }
}
