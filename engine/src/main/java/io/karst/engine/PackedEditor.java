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

  /// Sees to it that nobody looks at the record of a key, and returns it: itself, or a copy.
  ///
  /// - throws [Fault.OutOfMemory]; nothing has changed then.
  long own(int database, Key key, long record) {
    return records.mayOverwrite() ? record : copy(database, key, record);
  }

  /// Takes entries out of a record that is owned, which takes no memory, and returns the record of
  /// the key from then on: a smaller one if that is worth it and there is the memory.
  ///
  /// - `removed`: the bytes of `count` entries from a position on.
  long cut(int database, Key key, long record, int at, int removed, int count) {
    overwrite(database, key, record, at, removed, count, entries.clear());
    if (hasRoom(record, Packed.size(record))) {
      return record;
    }
    try {
      return copy(database, key, record);
    } catch (Fault.OutOfMemory full) {
      return record;
    }
  }

  /// The same list in a new record, without room to spare.
  private long copy(int database, Key key, long record) {
    ValueType type = ValueType.of(Record.type(record));
    int size = Packed.size(record);
    long fresh = records.create(key, type, size, Record.expiry(record), record);
    Record.writeFrom(fresh, record, size);
    records.reform(() -> records.install(database, key, record, fresh));
    return fresh;
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
