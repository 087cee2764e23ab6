package io.karst.engine;

import io.karst.base.Bytes;
import io.karst.keyspace.Database;
import io.karst.keyspace.Key;
import io.karst.keyspace.Keyspace;
import io.karst.lsm.SlotCursor;
import io.karst.memory.Record;
import java.util.ArrayList;
import java.util.List;

/// Goes through the keys of a slot that the disk tier has, in memory or not, in the order of the
/// tier's hash: a position is its top 48 bits. What memory says of a key, as it was changed or
/// removed since, counts.
///
/// Thread: its caller's, not an event loop; reads from disk without a lock, then asks memory under
/// the slot's.
final class ColdWalk {
  private static final int HASH_SHIFT = 16;
  private static final int BATCH = 256;

  private final Engine engine;
  private final Keyspace keyspace;
  private final SlotLocks locks;
  private final int database;
  private final Visitor visitor;

  /// Is shown keys that exist, due or not.
  interface Visitor {
    /// Whether to go on.
    ///
    /// - `key`: the visitor's.
    boolean visit(Bytes key, int type, long expiryMillis);
  }

  private record Entry(Bytes key, int type, long expiryMillis) {}

  /// - `locks`: those the transaction holds.
  ColdWalk(Engine engine, SlotLocks locks, int database, Visitor visitor) {
    this.engine = engine;
    this.locks = locks;
    this.keyspace = engine.keyspace();
    this.database = database;
    this.visitor = visitor;
  }

  /// Shows keys from a position on, about `count`, and returns the position to go on with, 0 at the
  /// end.
  long scan(int slot, long position, int count) {
    return engine.reads().onPlatformThread(() -> scanHere(slot, position, count));
  }

  private long scanHere(int slot, long position, int count) {
    Database data = keyspace.find(database);
    if (data == null) {
      return 0;
    }
    List<Entry> batch = new ArrayList<>();
    long last = position;
    int seen = 0;
    try (SlotCursor cursor = engine.tier().slot(data.id(), slot, position << HASH_SHIFT)) {
      while (cursor.next()) {
        long here = cursor.hash() >>> HASH_SHIFT;
        if (seen >= count && here != last) {
          show(data, slot, batch);
          return here;
        }
        last = here;
        seen++;
        batch.add(new Entry(cursor.key(), cursor.type(), cursor.expiryMillis()));
        if (batch.size() == BATCH && !show(data, slot, batch)) {
          return 0;
        }
      }
    }
    show(data, slot, batch);
    return 0;
  }

  private boolean show(Database data, int slot, List<Entry> batch) {
    List<Entry> current = new ArrayList<>(batch.size());
    boolean held = locks.holds(slot);
    if (!held) {
      keyspace.lock(slot).lock();
    }
    try {
      if (keyspace.find(database) == data) {
        for (Entry entry : batch) {
          add(current, data, entry);
        }
      }
    } finally {
      if (!held) {
        keyspace.lock(slot).unlock();
      }
    }
    batch.clear();
    for (Entry entry : current) {
      if (!visitor.visit(entry.key(), entry.type(), entry.expiryMillis())) {
        return false;
      }
    }
    return true;
  }

  private void add(List<Entry> current, Database data, Entry entry) {
    Key key = Key.of(entry.key());
    key.hash(keyspace.hasher());
    long record = data.find(key);
    if (record == Record.NONE) {
      current.add(entry);
    } else if (!Record.tombstone(record)) {
      current.add(new Entry(entry.key(), Record.type(record), Record.expiry(record)));
    }
  }
}
