package io.karst.engine;

import io.karst.base.Bytes;
import io.karst.base.CommandException;
import io.karst.base.Decimal;
import io.karst.history.Effect;
import io.karst.keyspace.Key;
import io.karst.memory.Packed;
import io.karst.memory.PackedEntries;
import io.karst.memory.Record;
import io.karst.value.ElementTable;
import io.karst.value.Encodings;
import io.karst.value.ValueType;
import org.jspecify.annotations.Nullable;

/// The hash at a key, or none: its fields, their values and expiries. Packed, field and value stand
/// by turns. See [Elements].
public final class HashView extends Elements {
  private static final int STRIDE = 2;

  private final Encodings encodings;

  HashView(Records records, Encodings encodings, int database, Key key, long found) {
    super(records, database, key, ValueType.HASH, found);
    this.encodings = encodings;
  }

  /// A view of the value of a field, or null if there is no such field.
  public @Nullable Bytes get(Bytes field) {
    if (record == Record.NONE) {
      return null;
    }
    ElementTable fields = table;
    if (fields != null) {
      long found = find(fields, field);
      return found == Record.NONE ? null : records.view(found);
    }
    int at = packedFind(field);
    return at == Packed.NONE ? null : packedAt(Packed.next(record, at));
  }

  /// The length of the value of a field, 0 if there is no such field.
  public int valueLength(Bytes field) {
    if (record == Record.NONE) {
      return 0;
    }
    ElementTable fields = table;
    if (fields != null) {
      long found = find(fields, field);
      return found == Record.NONE ? 0 : Record.valueLength(found);
    }
    int at = packedFind(field);
    return at == Packed.NONE ? 0 : Packed.length(record, Packed.next(record, at));
  }

  /// The integer that the value of a field is the decimal of, 0 if there is no such field. No view.
  ///
  /// - throws [CommandException] if it is none.
  public long int64(Bytes field) {
    ElementTable fields = table;
    if (record == Record.NONE) {
      return 0;
    }
    if (fields == null) {
      int at = packedFind(field);
      int valueAt = at == Packed.NONE ? Packed.NONE : Packed.next(record, at);
      if (valueAt != Packed.NONE && !Packed.isNumber(record, valueAt)) {
        throw notAnInteger();
      }
      return valueAt == Packed.NONE ? 0 : Packed.number(record, valueAt);
    }
    long found = find(fields, field);
    if (found == Record.NONE) {
      return 0;
    }
    Bytes value = Record.value(found);
    if (!Decimal.isInt64(value)) {
      throw notAnInteger();
    }
    return Decimal.parse(value);
  }

  private static CommandException notAnInteger() {
    return CommandException.err("hash value is not an integer");
  }

  /// Sets a field, which stays from then on; whether it is a new one.
  public boolean put(Bytes field, Bytes value) {
    return put(field, value, Record.NO_EXPIRY);
  }

  /// Sets a field; whether it is a new one.
  ///
  /// - `expiryMillis`: since 1970 and after now, [Record#NO_EXPIRY], or [Tx#KEEP_EXPIRY].
  public boolean put(Bytes field, Bytes value, long expiryMillis) {
    records.reserve((long) key.bytes().length() + field.length() + value.length());
    boolean packs = table == null && expiryMillis < 0 && isShort(field) && isShort(value);
    int at = packs && record != Record.NONE ? packedFind(field) : Packed.NONE;
    boolean isNew;
    if (packs && (at != Packed.NONE || size() < encodings.hashEntriesMax())) {
      isNew = at == Packed.NONE;
      putPacked(at, field, value);
    } else {
      ElementTable fields = toTable();
      long hash = fields.hash(field);
      isNew = put(fields, hash, fields.find(hash, field), field, value, expiryMillis);
    }
    wrote(field, value, expiryMillis);
    return isNew;
  }

  /// Sets all fields of a batch, or, with a [io.karst.base.Fault], none; returns how many are new.
  ///
  /// - `expiryMillis`: as in [#put(Bytes, Bytes, long)].
  public int putAll(ElementBatch batch, long expiryMillis) {
    if (batch.count() == 1) {
      return put(batch.element(0), batch.value(0), expiryMillis) ? 1 : 0;
    }
    reserve(batch);
    int fresh =
        packs(batch, expiryMillis)
            ? putAllPacked(batch)
            : BatchPut.intoTable(this, batch, expiryMillis);
    for (int i = 0; i < batch.count(); i++) {
      wrote(batch.element(i), batch.value(i), expiryMillis);
    }
    return fresh;
  }

  private void wrote(Bytes field, Bytes value, long expiryMillis) {
    if (records.keepsEffects()) {
      long expiry = expiryMillis == Tx.KEEP_EXPIRY ? expiry(field) : expiryMillis;
      int code = ValueType.HASH.code();
      records.pin(value);
      records.effect(record, new Effect.PutElement(id(), key.bytes(), code, field, value, expiry));
    }
  }

  private boolean isShort(Bytes bytes) {
    return bytes.length() <= encodings.hashValueMax();
  }

  private boolean packs(ElementBatch batch, long expiryMillis) {
    if (table != null || expiryMillis >= 0) {
      return false;
    }
    int count = batch.count();
    for (int i = 0; i < count; i++) {
      if (!isShort(batch.element(i)) || !isShort(batch.value(i))) {
        return false;
      }
    }
    return size() + count <= encodings.hashEntriesMax()
        || size() + BatchPut.missing(this, batch) <= encodings.hashEntriesMax();
  }

  /// Puts all into a copy of the list, which then takes its place.
  private int putAllPacked(ElementBatch batch) {
    PackedEntries entries = records.packed.entries();
    long target = BatchPut.copyPacked(this, batch);
    int fresh = 0;
    for (int i = 0; i < batch.count(); i++) {
      PackedEntries needle = entries.clear().add(batch.element(i));
      int at = Packed.find(target, Packed.first(target), needle, STRIDE);
      if (at == Packed.NONE) {
        Packed.edit(target, target, Packed.end(target), 0, 0, needle.add(batch.value(i)));
        fresh++;
      } else {
        int valueAt = Packed.next(target, at);
        int size = Packed.size(target, valueAt);
        Packed.edit(target, target, valueAt, size, 1, entries.clear().add(batch.value(i)));
      }
    }
    BatchPut.become(this, target, Packed.size(target));
    return fresh;
  }

  private void putPacked(int at, Bytes field, Bytes value) {
    PackedEntries fresh = records.packed.entries();
    if (at != Packed.NONE) {
      int valueAt = Packed.next(record, at);
      edit(valueAt, Packed.size(record, valueAt), 1, fresh.add(value));
    } else if (record != Record.NONE) {
      edit(Packed.end(record), 0, 0, fresh.add(field).add(value));
    } else {
      fresh.add(field).add(value);
      at(records.packed.create(database, key, ValueType.HASH, fresh));
    }
  }

  private Bytes packedAt(int at) {
    records.viewed();
    return Packed.get(record, at);
  }

  @Override
  int packedCount() {
    return Packed.count(record) / STRIDE;
  }

  @Override
  int packedFind(Bytes field) {
    return position(field, STRIDE);
  }

  @Override
  void removePackedAt(int at) {
    int size = Packed.size(record, at);
    edit(at, size + Packed.size(record, at + size), STRIDE, records.packed.entries());
  }

  @Override
  void forEachPacked(ElementVisitor visitor) {
    for (int at = Packed.first(record); at != Packed.NONE; ) {
      int valueAt = Packed.next(record, at);
      visitor.visit(packedAt(at), packedAt(valueAt));
      at = Packed.next(record, valueAt);
    }
  }

  @Override
  Bytes packedElement(int index) {
    return packedAt(Packed.at(record, STRIDE * index));
  }

  @Override
  void showPacked(int index, ElementVisitor visitor) {
    int at = Packed.at(record, STRIDE * index);
    visitor.visit(packedAt(at), packedAt(Packed.next(record, at)));
  }
}
