package io.karst.engine;

import io.karst.base.Bytes;
import io.karst.base.CommandException;
import io.karst.base.Fault;
import io.karst.base.HeapBytes;
import io.karst.base.Invariant;
import io.karst.engine.Counters.Counter;
import io.karst.history.Appender;
import io.karst.history.Effect;
import io.karst.keyspace.Database;
import io.karst.keyspace.Key;
import io.karst.keyspace.Keyspace;
import io.karst.memory.Magazine;
import io.karst.memory.Record;
import io.karst.value.ValueType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The records behind a [Tx]: finds those that are alive, and changes them together with all that
/// a change entails, memory, tables, expiry, counters, effects, in one place for every type.
///
/// A record that is replaced or removed stays readable until [#finish]: views of it may be in a
/// reply that is not encoded yet.
///
/// Thread: its transaction's, under the locks of the keys it is given.
final class Records {
  private final Engine engine;
  private final Keyspace keyspace;
  private final SlotLocks locks;
  private final Magazine magazine;
  private final Appender appender;
  private final boolean keepsEffects;
  private final List<Effect> effects = new ArrayList<>();
  private final Retired retired = new Retired();
  final Counters counters = new Counters();

  private long now;

  /// Whether the current command holds views, so that nothing may be overwritten in place.
  private boolean viewed;

  /// Whether an effect holds a view, so that the same goes until the transaction ends.
  private boolean pinned;

  private boolean touches;

  /// The latest look-up of the current command, as long as nothing has changed since: most bodies
  /// read a key and then write it.
  private @Nullable Key foundKey;

  private int foundDatabase;
  private long found;

  Records(Engine engine, SlotLocks locks, Magazine magazine) {
    this.engine = engine;
    this.keyspace = engine.keyspace();
    this.locks = locks;
    this.magazine = magazine;
    this.appender = engine.log().newAppender();
    this.keepsEffects = engine.log().keeps();
  }

  /// A new transaction, at a time.
  void begin(long nowMillis) {
    now = nowMillis;
    pinned = false;
  }

  /// The next command: views handed out so far are no longer used, but by effects.
  void next() {
    viewed = pinned;
    touches = true;
    foundKey = null;
  }

  /// See [Tx#touches].
  void touches(boolean on) {
    touches = on;
  }

  /// Hands the effects to the log. Under the locks.
  void log() {
    if (!effects.isEmpty()) {
      appender.append(effects);
      effects.clear();
    }
  }

  /// Frees what was replaced and removed. After the locks, which it needs no more.
  void finish() {
    retired.free(magazine, engine::freeInBackground);
  }

  /// Gives back what it has of the engine.
  void close() {
    appender.close();
    magazine.close();
  }

  long now() {
    return now;
  }

  Magazine magazine() {
    return magazine;
  }

  /// Whether anybody wants effects; if not, none are made.
  boolean keepsEffects() {
    return keepsEffects;
  }

  void effect(Effect effect) {
    effects.add(effect);
  }

  /// The record of a key that is not due, or [Record#NONE]; a due one is removed.
  long live(int database, Key key) {
    if (Invariant.VERIFY) {
      Invariant.check(locks.holds(key.slot()), () -> "the slot of " + key + " is not locked");
    }
    if (key == foundKey && database == foundDatabase) {
      return found;
    }
    long record = find(database, key);
    foundKey = key;
    foundDatabase = database;
    found = record;
    return record;
  }

  private long find(int database, Key key) {
    key.hash(keyspace.hasher());
    Database data = keyspace.find(database);
    if (data == null) {
      return Record.NONE;
    }
    long record = data.find(key);
    if (record != Record.NONE && Record.due(record, now)) {
      expired(database, key, record);
      return Record.NONE;
    }
    return record;
  }

  /// Forgets the latest look-up: what it found may be elsewhere now, or gone.
  void changed() {
    foundKey = null;
  }

  /// As [#live], counted as a hit or a miss and noted as an access.
  long read(int database, Key key) {
    long record = live(database, key);
    if (record == Record.NONE) {
      counters.add(Counter.MISSES, 1);
    } else {
      counters.add(Counter.HITS, 1);
      if (touches) {
        Record.touch(record, clock());
      }
    }
    return record;
  }

  /// As [#live], of a key that is known to exist.
  long existing(int database, Key key) {
    long record = live(database, key);
    Invariant.check(record != Record.NONE, "a key that exists is gone within its transaction");
    return record;
  }

  /// The record itself, if it is a string or none.
  ///
  /// - throws [CommandException] WRONGTYPE.
  static long string(long record) {
    if (record != Record.NONE && Record.type(record) != ValueType.STRING.code()) {
      throw CommandException.wrongType();
    }
    return record;
  }

  /// A view of the value, good until the transaction ends.
  Bytes view(long record) {
    viewed = true;
    return Record.value(record);
  }

  /// Now, as the clock in a record's header.
  int clock() {
    return (int) (now / 1000);
  }

  void expired(int database, Key key, long record) {
    remove(database, key, record);
    counters.add(Counter.EXPIRED, 1);
  }

  void remove(int database, Key key, long record) {
    changed();
    keyspace.database(database).remove(magazine, key, record);
    retired.add(record);
    if (keepsEffects()) {
      effect(new Effect.Delete(keyspace.id(database), key.bytes()));
    }
  }

  /// Makes `value` the string at a key and returns its record.
  ///
  /// - `expiryMillis`: since 1970, [Record#NO_EXPIRY] or [Tx#KEEP_EXPIRY].
  long store(int database, Key key, Bytes value, long expiryMillis) {
    long old = live(database, key);
    long expiry = expiryMillis;
    if (expiry == Tx.KEEP_EXPIRY) {
      expiry = old == Record.NONE ? Record.NO_EXPIRY : Record.expiry(old);
    }
    long record = old;
    if (old == Record.NONE || !overwrite(database, key, old, value, expiry)) {
      record = create(key, value.length(), expiry);
      Record.write(record, 0, value);
      install(database, key, old, record);
    }
    if (keepsEffects()) {
      pinned |= !(value instanceof HeapBytes);
      effect(new Effect.Set(keyspace.id(database), key.bytes(), value, expiry));
    }
    return record;
  }

  /// The string at a key, made `length` bytes long: its own record (`old`, perhaps none), or a new
  /// one with the old content. Bytes beyond the old length are undefined.
  long resize(int database, Key key, long old, int length) {
    if (old == Record.NONE) {
      long record = create(key, length, Record.NO_EXPIRY);
      install(database, key, old, record);
      return record;
    }
    if (!viewed && Record.resize(magazine, old, length, Record.expires(old))) {
      return old;
    }
    long record = create(key, length, Record.expiry(old));
    Record.writeFrom(record, old, Math.min(length, Record.valueLength(old)));
    install(database, key, old, record);
    return record;
  }

  /// Changes, adds or, with [Record#NO_EXPIRY], removes the expiry of a record of any type.
  void expire(int database, Key key, long record, long atMillis) {
    boolean expires = Record.expires(record);
    if (atMillis != Record.NO_EXPIRY && expires) {
      keyspace.database(database).expiry(magazine, key, record, atMillis);
    } else if (atMillis != Record.NO_EXPIRY || expires) {
      install(database, key, record, Record.withExpiry(magazine, record, atMillis));
    }
    if (keepsEffects()) {
      effect(new Effect.Expire(keyspace.id(database), key.bytes(), atMillis));
    }
  }

  private long create(Key key, int length, long expiryMillis) {
    return Record.create(
        magazine, key.bytes(), ValueType.STRING.code(), length, expiryMillis, clock());
  }

  /// Overwrites a string in its own block, if nobody looks at it and value and expiry fit there.
  private boolean overwrite(int database, Key key, long old, Bytes value, long expiryMillis) {
    boolean expires = expiryMillis != Record.NO_EXPIRY;
    if (viewed
        || Record.type(old) != ValueType.STRING.code()
        || !Record.resize(magazine, old, value.length(), expires)) {
      return false;
    }
    Record.write(old, 0, value);
    Record.raw(old, false);
    Record.touch(old, clock());
    if (expires && Record.expiry(old) != expiryMillis) {
      keyspace.database(database).expiry(magazine, key, old, expiryMillis);
    }
    return true;
  }

  /// Puts `fresh` into the table, in the place of `old` if there is one. If that fails, `fresh` is
  /// freed and nothing has changed.
  private void install(int database, Key key, long old, long fresh) {
    changed();
    Database data = keyspace.database(database);
    try {
      if (old == Record.NONE) {
        data.add(magazine, key, fresh);
      } else {
        data.replace(magazine, key, old, fresh);
        retired.add(old);
      }
    } catch (Fault.OutOfMemory full) {
      Record.free(magazine, fresh);
      throw full;
    }
  }
}
