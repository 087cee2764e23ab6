package io.karst.engine;

import io.karst.base.Bytes;
import io.karst.base.Fault;
import io.karst.engine.Counters.Counter;
import io.karst.history.Effect;
import io.karst.keyspace.Key;
import io.karst.memory.Magazine;
import io.karst.memory.Packed;
import io.karst.memory.PackedEntries;
import io.karst.memory.Record;
import io.karst.value.ElementTable;
import io.karst.value.ValueType;
import org.jspecify.annotations.Nullable;

/// The elements of a collection at a key, each there once: what hashes, sets and sorted sets have in common.
///
/// *Forms.* While it is small, the elements are packed into the record of the key and looked for
/// one by one; beyond the thresholds of [io.karst.value.Encodings], and once an element expires,
/// they are an [ElementTable]. A collection never becomes small again, as in Redis.
///
/// *Expiry.* What is due of it is removed when the collection is asked for; if the disk takes no
/// changes it stays, unseen.
///
/// Good for one command, within its transaction; others' changes to the key are not seen. Every
/// change either happens whole or, with a [Fault], not at all. The key goes with its last element.
abstract sealed class Elements permits HashView, SetView, SortedSetView {
  private static final int DUE_BATCH = 64;

  /// What the history takes for a batch of ordinary elements that expire, in bytes.
  private static final long DUE_RESERVED = DUE_BATCH * 256L;

  final Records records;
  final int database;
  final Key key;
  private final ValueType type;

  /// The record of the key, or NONE.
  long record;

  /// The elements, if they are not packed.
  @Nullable ElementTable table;

  /// - `found`: the record of the key, of any type, or NONE.
  Elements(Records records, int database, Key key, ValueType type, long found) {
    this.records = records;
    this.database = database;
    this.key = key;
    this.type = type;
    at(Records.ofType(found, type));
    expireDue();
  }

  public final boolean exists() {
    return record != Record.NONE;
  }

  /// The number of elements, 0 if there is no key.
  public final int size() {
    if (record == Record.NONE) {
      return 0;
    }
    return table == null ? packedCount() : table.count();
  }

  /// Whether it has an element.
  public final boolean contains(Bytes element) {
    if (record == Record.NONE) {
      return false;
    }
    return table == null ? packedContains(element) : find(table, element) != Record.NONE;
  }

  /// Takes an element out; whether it was there.
  public final boolean remove(Bytes element) {
    if (!contains(element)) {
      return false;
    }
    if (size() == 1) {
      removeAll();
      return true;
    }
    records.reserve((long) key.bytes().length() + element.length());
    if (table == null) {
      removePacked(element);
    } else {
      removeFrom(table, find(table, element));
    }
    if (records.keepsEffects()) {
      records.effect(new Effect.RemoveElement(id(), key.bytes(), element));
    }
    return true;
  }

  /// Removes the key.
  public final void removeAll() {
    records.remove(database, key, record);
    at(Record.NONE);
  }

  /// When an element expires, in milliseconds since 1970; [Record#NO_EXPIRY], or [Record#ABSENT] if
  /// there is no such element.
  public final long expiry(Bytes element) {
    if (table == null) {
      return contains(element) ? Record.NO_EXPIRY : Record.ABSENT;
    }
    long found = find(table, element);
    return found == Record.NONE ? Record.ABSENT : Record.expiry(found);
  }

  /// Lets an element that is there expire, or stay with [Record#NO_EXPIRY]; at a time that is not
  /// after now it is removed.
  public final void expire(Bytes element, long atMillis) {
    if (atMillis >= 0 && atMillis <= records.now()) {
      remove(element);
      return;
    }
    if (table == null && atMillis == Record.NO_EXPIRY) {
      return;
    }
    records.reserve((long) key.bytes().length() + element.length());
    ElementTable elements = toTable();
    long found = find(elements, element);
    if (atMillis != Record.NO_EXPIRY && Record.expires(found)) {
      elements.expiry(records.magazine(), found, atMillis);
    } else if (atMillis != Record.NO_EXPIRY || Record.expires(found)) {
      replace(elements, found, Record.withExpiry(records.magazine(), found, atMillis));
    }
    changed(atMillis);
    if (records.keepsEffects()) {
      records.effect(new Effect.ExpireElement(id(), key.bytes(), element, atMillis));
    }
  }

  /// Whether any element expires.
  public final boolean expires() {
    return table != null && table.expires();
  }

  /// Shows elements from a cursor on, about `count`, and returns the cursor to go on with, 0 at the
  /// end. What is there from the first call to the last is shown, whatever becomes of it meanwhile.
  public final long scan(long cursor, int count, ElementVisitor visitor) {
    if (table == null) {
      forEach(visitor);
      return 0;
    }
    return table.scan(cursor, count, each -> show(each, visitor));
  }

  /// Shows all elements. The visitor changes nothing.
  public final void forEach(ElementVisitor visitor) {
    if (table != null) {
      table.forEach(each -> show(each, visitor));
    } else if (record != Record.NONE) {
      forEachPacked(visitor);
    }
  }

  private void show(long each, ElementVisitor visitor) {
    if (!Record.due(each, records.now())) {
      records.viewed();
      visitor.visit(Record.key(each), Record.value(each));
    }
  }

  // ---- what a packed form has to say ----

  abstract int packedCount();

  abstract boolean packedContains(Bytes element);

  abstract void removePacked(Bytes element);

  abstract void forEachPacked(ElementVisitor visitor);

  // ---- for the types ----

  final int id() {
    return records.id(database);
  }

  final void at(long newRecord) {
    record = newRecord;
    table =
        newRecord == Record.NONE || !Record.isObject(newRecord)
            ? null
            : records.large().table(newRecord);
  }

  /// The position of an element in a packed list of which every `stride`-th entry is one.
  final int position(Bytes element, int stride) {
    PackedEntries needle = records.packed().entries().add(element);
    return Packed.find(record, Packed.first(record), needle, stride);
  }

  /// Edits the packed list; see [PackedEditor#edit].
  final void edit(int at, int removed, int removedCount, PackedEntries fresh) {
    at(records.packed().edit(database, key, record, at, removed, removedCount, fresh));
  }

  /// The record of an element that is not due, or NONE.
  final long find(ElementTable elements, Bytes element) {
    long found = elements.find(element);
    return found == Record.NONE || Record.due(found, records.now()) ? Record.NONE : found;
  }

  /// The elements as a table, which they become if they are packed, or none at all.
  ///
  /// - throws [Fault.OutOfMemory]; nothing has changed then.
  final ElementTable toTable() {
    ElementTable now = table;
    if (now != null) {
      return now;
    }
    ElementTable fresh = records.large().newTable(type);
    try {
      forEach((element, value) ->
          fresh.add(records.magazine(), element(element, value, Record.NO_EXPIRY)));
      at(records.large().install(database, key, type, record, fresh));
    } catch (Fault.OutOfMemory full) {
      fresh.free(records.magazine());
      throw full;
    }
    return fresh;
  }

  /// Puts an element into the table; whether it is a new one.
  ///
  /// - `expiryMillis`: since 1970, [Record#NO_EXPIRY] or [Tx#KEEP_EXPIRY].
  /// - throws [Fault.OutOfMemory]; nothing has changed then.
  final boolean put(ElementTable elements, Bytes element, Bytes value, long expiryMillis) {
    long old = elements.find(element);
    boolean isNew = old == Record.NONE || Record.due(old, records.now());
    long expiry = expiryMillis;
    if (expiry == Tx.KEEP_EXPIRY) {
      expiry = isNew ? Record.NO_EXPIRY : Record.expiry(old);
    }
    if (old == Record.NONE) {
      long fresh = element(element, value, expiry);
      try {
        elements.add(records.magazine(), fresh);
      } catch (Fault.OutOfMemory full) {
        Record.free(records.magazine(), fresh);
        throw full;
      }
    } else if (!overwrite(elements, old, value, expiry)) {
      replace(elements, old, element(element, value, expiry));
    }
    changed(expiry);
    return isNew;
  }

  private boolean overwrite(ElementTable elements, long old, Bytes value, long expiryMillis) {
    boolean expires = expiryMillis != Record.NO_EXPIRY;
    if (!records.mayOverwrite()
        || !Record.resize(records.magazine(), old, value.length(), expires)) {
      return false;
    }
    Record.write(old, 0, value);
    if (expires) {
      elements.expiry(records.magazine(), old, expiryMillis);
    }
    return true;
  }

  private void replace(ElementTable elements, long old, long fresh) {
    try {
      elements.replace(records.magazine(), old, fresh);
    } catch (Fault.OutOfMemory full) {
      Record.free(records.magazine(), fresh);
      throw full;
    }
    records.retire(old);
  }

  private void removeFrom(ElementTable elements, long found) {
    elements.remove(records.magazine(), found);
    records.retire(found);
    records.dirty(database, key, record);
  }

  /// A record for an element.
  private long element(Bytes element, Bytes value, long expiryMillis) {
    Magazine magazine = records.magazine();
    long fresh = Record.create(magazine, element, type.code(), value.length(), expiryMillis, 0);
    Record.write(fresh, 0, value);
    return fresh;
  }

  /// Notes that the table has changed, perhaps by an element that expires.
  private void changed(long expiryMillis) {
    if (expiryMillis != Record.NO_EXPIRY && expiryMillis < Record.elementExpiry(record)) {
      records.large().elementExpiry(database, key, record, expiryMillis);
    }
    records.accesses.wrote(record);
    records.dirty(database, key, record);
  }

  // ---- expiry ----

  private void expireDue() {
    if (table == null || Record.elementExpiry(record) > records.now()) {
      return;
    }
    try {
      long[] due = new long[DUE_BATCH];
      int found;
      do {
        records.reserve(DUE_RESERVED);
        found = table.collectDue(records.now(), due);
        found = found == table.count() ? expireAll(found) : expire(table, due, found);
      } while (found == DUE_BATCH && table != null);
    } catch (Fault.ReadOnly full) {
      return;
    }
    if (table != null) {
      records.large().elementExpiry(database, key, record, table.earliestExpiry());
    }
  }

  private int expireAll(int count) {
    records.aside(() -> records.remove(database, key, record));
    records.counters.add(Counter.EXPIRED_ELEMENTS, count);
    at(Record.NONE);
    return 0;
  }

  private int expire(ElementTable elements, long[] due, int count) {
    records.aside(() -> {
      for (int i = 0; i < count; i++) {
        if (records.keepsEffects()) {
          Bytes element = Record.key(due[i]);
          records.effect(new Effect.RemoveElement(id(), key.bytes(), element));
        }
        removeFrom(elements, due[i]);
      }
    });
    records.counters.add(Counter.EXPIRED_ELEMENTS, count);
    return count;
  }
}
