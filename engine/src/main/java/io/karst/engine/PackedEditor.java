package io.karst.engine;

import io.karst.base.Fault;
import io.karst.keyspace.Key;
import io.karst.memory.Packed;
import io.karst.memory.PackedEntries;
import io.karst.memory.Record;
import io.karst.value.ValueType;

/// Makes and changes collections that are packed into the record of their key: in its block where
/// that has room and nobody looks at it, else in a new one.
///
/// Thread: its transaction's, under the lock of the key.
final class PackedEditor {
  /// A value with more room to spare than it uses, and than this, moves to a smaller block.
  private static final int SLACK_MAX = 32;

  private final Records records;
  private final PackedEntries entries = new PackedEntries();

  PackedEditor(Records records) {
    this.records = records;
  }

  /// Entries to put in or to look for, without any at first; one set at a time.
  PackedEntries entries() {
    return entries.clear();
  }

  /// Makes entries the value of a key that has none, and returns the record.
  long create(int database, Key key, ValueType type, PackedEntries fresh) {
    int size = Packed.EMPTY_SIZE + fresh.size();
    long record = records.create(key, type, size, Record.NO_EXPIRY, Record.NONE);
    Packed.clear(record);
    Packed.edit(record, record, Packed.end(record), 0, 0, fresh);
    records.install(database, key, Record.NONE, record);
    return record;
  }

  /// Puts `fresh` in the place of `removed` bytes at a position, which are `removedCount` entries,
  /// and returns the record of the key from then on.
  ///
  /// - throws [Fault.OutOfMemory] if that takes more room than there is; nothing has changed then.
  long edit(
      int database,
      Key key,
      long record,
      int at,
      int removed,
      int removedCount,
      PackedEntries fresh) {
    int after = Packed.size(record) - removed + fresh.size();
    if (records.mayOverwrite() && hasRoom(record, after)) {
      return overwrite(database, key, record, at, removed, removedCount, fresh);
    }
    long moved;
    try {
      moved =
          records.create(
              key, ValueType.of(Record.type(record)), after, Record.expiry(record), record);
    } catch (Fault.OutOfMemory full) {
      if (records.mayOverwrite() && after <= Record.valueLength(record)) {
        return overwrite(database, key, record, at, removed, removedCount, fresh);
      }
      throw full;
    }
    Packed.edit(moved, record, at, removed, removedCount, fresh);
    records.install(database, key, record, moved);
    return moved;
  }

  /// Takes `removed` bytes at a position out, which are `removedCount` entries, of a list that this
  /// command has just edited: of which nobody has a view, so that it cannot fail.
  void cut(int database, Key key, long record, int at, int removed, int removedCount) {
    overwrite(database, key, record, at, removed, removedCount, entries());
  }

  private boolean hasRoom(long record, int size) {
    int room = Record.valueLength(record);
    return size > room
        ? Record.resize(records.magazine(), record, size, Record.expires(record))
        : room - size <= Math.max(SLACK_MAX, size);
  }

  private long overwrite(
      int database,
      Key key,
      long record,
      int at,
      int removed,
      int removedCount,
      PackedEntries fresh) {
    Packed.edit(record, record, at, removed, removedCount, fresh);
    records.accesses.wrote(record);
    records.dirty(database, key, record);
    return record;
  }
}
