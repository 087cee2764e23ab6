package io.karst.engine;

import io.karst.base.Bytes;
import io.karst.history.Effect;
import io.karst.keyspace.Key;
import io.karst.memory.Record;
import io.karst.value.ValueType;

/// Records of keys whose value is a string: overwritten in their own block where that has room and
/// nobody looks at them, else replaced.
///
/// Thread: its transaction's, under the locks of the keys it is given.
final class StringRecords {
  private final Records records;

  StringRecords(Records records) {
    this.records = records;
  }

  /// Makes `value` the string at a key and returns its record.
  ///
  /// - `expiryMillis`: since 1970, [Record#NO_EXPIRY] or [Tx#KEEP_EXPIRY].
  long store(int database, Key key, Bytes value, long expiryMillis) {
    long old = records.live(database, key);
    long expiry = expiryMillis;
    if (expiry == Tx.KEEP_EXPIRY) {
      expiry = old == Record.NONE ? Record.NO_EXPIRY : Record.expiry(old);
    }
    records.reserve((long) key.bytes().length() + value.length());
    long record = old;
    if (old == Record.NONE || !overwrite(database, key, old, value, expiry)) {
      record = records.create(key, ValueType.STRING, value.length(), expiry, old);
      Record.write(record, 0, value);
      records.install(database, key, old, record);
    }
    if (expiryMillis >= 0) {
      records.events.extra(database, key, KeyEvent.EXPIRE);
    }
    if (records.keepsEffects()) {
      records.pin(value);
      records.effect(new Effect.Set(records.id(database), key.bytes(), value, expiry));
    }
    return record;
  }

  /// The string at a key, made `length` bytes long: its own record (`old`, perhaps none), or a new
  /// one with the old content. Bytes beyond the old length are undefined.
  long resize(int database, Key key, long old, int length) {
    if (old == Record.NONE) {
      long record = records.create(key, ValueType.STRING, length, Record.NO_EXPIRY, old);
      records.install(database, key, old, record);
      return record;
    }
    if (records.mayOverwrite()
        && Record.resize(records.magazine(), old, length, Record.expires(old))) {
      records.dirty(database, key, old);
      return old;
    }
    long record = records.create(key, ValueType.STRING, length, Record.expiry(old), old);
    Record.writeFrom(record, old, Math.min(length, Record.valueLength(old)));
    records.install(database, key, old, record);
    return record;
  }

  /// Overwrites a string in its own block, if nobody looks at it and value and expiry fit there.
  private boolean overwrite(int database, Key key, long old, Bytes value, long expiryMillis) {
    boolean expires = expiryMillis != Record.NO_EXPIRY;
    if (!records.mayOverwrite()
        || Record.type(old) != ValueType.STRING.code()
        || !Record.resize(records.magazine(), old, value.length(), expires)) {
      return false;
    }
    Record.write(old, 0, value);
    Record.raw(old, false);
    records.accesses.wrote(old);
    records.dirty(database, key, old);
    if (expires && Record.expiry(old) != expiryMillis) {
      records.expiry.changed(database, key, old, expiryMillis);
    }
    return true;
  }
}
