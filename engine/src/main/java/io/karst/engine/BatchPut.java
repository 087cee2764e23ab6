package io.karst.engine;

import io.karst.base.Bytes;
import io.karst.base.Fault;
import io.karst.memory.Magazine;
import io.karst.memory.Packed;
import io.karst.memory.Record;
import io.karst.value.ElementTable;

/// Puts the elements of a batch into a collection, all or, with a [Fault], none: whatever takes
/// memory is made before the first change.
///
/// Thread: the transaction's of the collection.
final class BatchPut {
  /// What an entry of a packed list takes besides the string, at most: five bytes on either side.
  private static final int ENTRY_OVERHEAD_MAX = 10;

  private BatchPut() {}

  /// Puts elements into the table, which the collection becomes if it is packed, or is none;
  /// returns how many are new.
  ///
  /// - `expiryMillis`: since 1970 and after now, [Record#NO_EXPIRY], or [Tx#KEEP_EXPIRY].
  static int intoTable(Elements elements, ElementBatch batch, long expiryMillis) {
    Magazine magazine = elements.records.magazine();
    long[] fresh = new long[batch.count()];
    ElementTable made = null;
    ElementTable table = elements.table;
    try {
      create(elements, batch, expiryMillis, fresh);
      if (table == null) {
        made = elements.records.large().newTable(elements.type, elements.key);
        elements.copyTo(made);
        made.ensureRoom(magazine, fresh.length, expiryMillis >= 0);
        elements.install(made, expiryMillis);
        table = made;
      } else {
        table.ensureRoom(magazine, fresh.length, expiryMillis >= 0);
        elements.expiresFrom(expiryMillis);
      }
    } catch (Fault.OutOfMemory full) {
      if (made != null) {
        made.free(magazine);
      }
      free(magazine, fresh);
      throw full;
    }
    int added = put(elements, table, fresh);
    elements.changed();
    return added;
  }

  private static void create(
      Elements elements, ElementBatch batch, long expiryMillis, long[] fresh) {
    for (int i = 0; i < fresh.length; i++) {
      Bytes element = batch.element(i);
      long expiry = expiryMillis;
      if (expiry == Tx.KEEP_EXPIRY) {
        expiry = Math.max(elements.expiry(element), Record.NO_EXPIRY);
      }
      fresh[i] = elements.element(element, batch.value(i), expiry);
    }
  }

  private static void free(Magazine magazine, long[] fresh) {
    for (int i = 0; i < fresh.length && fresh[i] != Record.NONE; i++) {
      Record.free(magazine, fresh[i]);
    }
  }

  private static int put(Elements elements, ElementTable table, long[] fresh) {
    Magazine magazine = elements.records.magazine();
    int added = 0;
    for (long each : fresh) {
      Bytes element = Record.key(each);
      long hash = table.hash(element);
      long old = table.find(hash, element);
      if (old == Record.NONE) {
        table.add(magazine, hash, each);
        added++;
      } else {
        added += Record.due(old, elements.records.now()) ? 1 : 0;
        elements.replace(table, old, each);
      }
    }
    return added;
  }

  /// How many elements of the batch are not in the collection; those that are named twice count
  /// twice.
  static int missing(Elements elements, ElementBatch batch) {
    int missing = 0;
    for (int i = 0; i < batch.count(); i++) {
      missing += elements.contains(batch.element(i)) ? 0 : 1;
    }
    return missing;
  }

  /// A record, in no table yet, with a copy of the packed list and room for all of the batch.
  ///
  /// - throws [Fault.OutOfMemory].
  static long copyPacked(Elements elements, ElementBatch batch) {
    long size = elements.exists() ? Packed.size(elements.record) : Packed.EMPTY_SIZE;
    for (int i = 0; i < batch.count(); i++) {
      size += batch.element(i).length() + batch.value(i).length() + 2 * ENTRY_OVERHEAD_MAX;
    }
    long target = create(elements, Math.toIntExact(size));
    if (elements.exists()) {
      Record.write(target, 0, Packed.list(elements.record));
    } else {
      Packed.clear(target);
    }
    return target;
  }

  /// A record, in no table yet, for a value of so many bytes.
  static long create(Elements elements, int size) {
    long old = elements.record;
    long expiry = old == Record.NONE ? Record.NO_EXPIRY : Record.expiry(old);
    return elements.records.create(elements.key, elements.type, size, expiry, old);
  }

  /// Puts a record in the place of what is there.
  ///
  /// - `size`: that of its value; what it has beyond is given back.
  /// - throws [Fault.OutOfMemory]; the record is freed, and nothing has changed then.
  static void become(Elements elements, long target, int size) {
    long fitting = fitting(elements, target, size);
    elements.records.install(elements.database, elements.key, elements.record, fitting);
    elements.at(fitting);
  }

  /// The record itself, or its value in a smaller block, if there is the memory to change blocks.
  private static long fitting(Elements elements, long target, int size) {
    Magazine magazine = elements.records.magazine();
    if (Record.resize(magazine, target, size, Record.expires(target))) {
      return target;
    }
    try {
      long smaller = create(elements, size);
      Record.writeFrom(smaller, target, size);
      Record.numbers(smaller, Record.numbers(target));
      Record.free(magazine, target);
      return smaller;
    } catch (Fault.OutOfMemory full) {
      return target;
    }
  }
}
