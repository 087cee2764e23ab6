package io.karst.engine;

import io.karst.base.Bytes;
import io.karst.history.Effect;
import io.karst.keyspace.Key;
import io.karst.memory.Packed;
import io.karst.memory.PackedEntries;
import io.karst.memory.Record;
import io.karst.value.ElementTable;
import io.karst.value.Encodings;
import io.karst.value.ValueType;
import java.util.random.RandomGenerator;
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
    int at = position(field, STRIDE);
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
    int at = position(field, STRIDE);
    return at == Packed.NONE ? 0 : Packed.length(record, Packed.next(record, at));
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
    boolean packable =
        table == null
            && expiryMillis < 0
            && field.length() <= encodings.hashValueMax()
            && value.length() <= encodings.hashValueMax();
    int at = packable && record != Record.NONE ? position(field, STRIDE) : Packed.NONE;
    boolean isNew;
    if (packable && (at != Packed.NONE || size() < encodings.hashEntriesMax())) {
      isNew = at == Packed.NONE;
      putPacked(at, field, value);
    } else {
      isNew = put(toTable(), field, value, expiryMillis);
    }
    if (records.keepsEffects()) {
      long expiry = expiryMillis == Tx.KEEP_EXPIRY ? expiry(field) : expiryMillis;
      int code = ValueType.HASH.code();
      records.pin(value);
      records.effect(new Effect.PutElement(id(), key.bytes(), code, field, value, expiry));
    }
    return isNew;
  }

  private void putPacked(int at, Bytes field, Bytes value) {
    PackedEntries fresh = records.packed().entries();
    if (at != Packed.NONE) {
      int valueAt = Packed.next(record, at);
      edit(valueAt, Packed.size(record, valueAt), 1, fresh.add(value));
    } else if (record != Record.NONE) {
      edit(Packed.end(record), 0, 0, fresh.add(field).add(value));
    } else {
      fresh.add(field).add(value);
      at(records.packed().create(database, key, ValueType.HASH, fresh));
    }
  }

  /// Shows a field chosen at random, each with the same chance; there is one.
  public void random(RandomGenerator random, ElementVisitor visitor) {
    ElementTable fields = table;
    if (fields != null) {
      long found = fields.random(random);
      records.viewed();
      visitor.visit(Record.key(found), Record.value(found));
    } else {
      int at = Packed.at(record, STRIDE * random.nextInt(packedCount()));
      visitor.visit(packedAt(at), packedAt(Packed.next(record, at)));
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
  boolean packedContains(Bytes field) {
    return position(field, STRIDE) != Packed.NONE;
  }

  @Override
  void removePacked(Bytes field) {
    int at = position(field, STRIDE);
    int size = Packed.size(record, at);
    edit(at, size + Packed.size(record, at + size), STRIDE, records.packed().entries());
  }

  @Override
  void forEachPacked(ElementVisitor visitor) {
    for (int at = Packed.first(record); at != Packed.NONE; ) {
      int valueAt = Packed.next(record, at);
      visitor.visit(packedAt(at), packedAt(valueAt));
      at = Packed.next(record, valueAt);
    }
  }
}
