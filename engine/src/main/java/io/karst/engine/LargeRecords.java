package io.karst.engine;

import io.karst.base.Fault;
import io.karst.keyspace.Key;
import io.karst.memory.Record;
import io.karst.value.ElementTable;
import io.karst.value.LargeValue;
import io.karst.value.LargeValues;
import io.karst.value.NodeList;
import io.karst.value.StreamEditor;
import io.karst.value.StreamLog;
import io.karst.value.ValueType;

/// Records of keys that stand for a [LargeValue].
///
/// Thread: its transaction's, under the locks of the keys it is given.
final class LargeRecords {
  private final Engine engine;
  private final LargeValues values;
  private final Records records;
  private final StreamEditor streams;
  private final Amending amending;

  LargeRecords(Engine engine, Records records) {
    this.engine = engine;
    this.values = engine.values();
    this.records = records;
    amending = new Amending(engine, records);
    streams =
        new StreamEditor(
            records.magazine(), engine.encodings(), records::mayOverwrite, records::retire);
  }

  /// A table for the elements of a collection of a type at a key, without any.
  ElementTable newTable(ValueType type, Key key) {
    return ElementTable.of(type, engine.keyspace().hasher().of(key.bytes()));
  }

  /// The table that a record stands for.
  ElementTable table(long record) {
    return (ElementTable) values.of(record);
  }

  /// The list that a record stands for.
  NodeList list(long record) {
    return (NodeList) values.of(record);
  }

  /// The stream that a record stands for.
  StreamLog stream(long record) {
    return (StreamLog) values.of(record);
  }

  /// Those that are not written whole each time.
  Amending amending() {
    return amending;
  }

  /// What changes streams.
  StreamEditor streams() {
    return streams;
  }

  /// Makes a value that of a key, with the expiry of `old`, its record if it has one; returns the
  /// record.
  ///
  /// - `earliestMillis`: when an element of it expires at the earliest, [Long#MAX_VALUE] if none
  ///   does.
  /// - throws [Fault.OutOfMemory]; nothing has changed then, and the value is still the caller's.
  long install(
      int database, Key key, ValueType type, long old, LargeValue value, long earliestMillis) {
    long expiry = old == Record.NONE ? Record.NO_EXPIRY : Record.expiry(old);
    long record = records.create(key, type, Record.OBJECT_SIZE, expiry, old);
    long number = values.add(value, key.slot());
    Record.object(record, number, earliestMillis);
    try {
      records.install(database, key, old, record);
    } catch (Fault.OutOfMemory full) {
      values.remove(number);
      throw full;
    }
    return record;
  }

  /// Gives the value that a record stands for, with its expiry, to another key, replacing what is
  /// there. The record, which stands for nothing any more, is the caller's to remove.
  ///
  /// - throws [Fault.OutOfMemory]; nothing has changed then.
  void give(long record, int database, Key key) {
    long old = records.live(database, key);
    ValueType type = ValueType.of(Record.type(record));
    long fresh = records.create(key, type, Record.OBJECT_SIZE, Record.expiry(record), old);
    long number = Record.object(record);
    Record.object(fresh, number, Record.elementExpiry(record));
    records.install(database, key, old, fresh);
    values.move(number, key.slot());
    Record.disown(record);
    amending.forget(values.of(fresh)); // The tier has it elsewhere, if at all.
  }

  /// Notes when the first element of a record expires, [Long#MAX_VALUE] if none does.
  void elementExpiry(int database, Key key, long record, long expiryMillis) {
    engine
        .keyspace()
        .database(database)
        .elementExpiry(records.magazine(), key, record, expiryMillis);
  }
}
