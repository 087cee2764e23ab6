package io.karst.engine;

import io.karst.base.Bytes;
import io.karst.base.CommandException;
import io.karst.base.Fault;
import io.karst.base.HeapBytes;
import io.karst.base.Invariant;
import io.karst.engine.Counters.Counter;
import io.karst.history.Appender;
import io.karst.history.Effect;
import io.karst.history.Log;
import io.karst.keyspace.Database;
import io.karst.keyspace.Key;
import io.karst.keyspace.Keyspace;
import io.karst.lsm.Stored;
import io.karst.memory.Limit;
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
  /// What an effect takes in the history besides its bytes, at most.
  private static final int EFFECT_OVERHEAD = 64;

  private final Engine engine;
  private final Keyspace keyspace;
  private final SlotLocks locks;
  private final Magazine magazine;
  private final ColdKeys cold;
  private final Appender appender;
  private final boolean keepsEffects;

  /// Whether there is a disk tier, which has to learn of every change.
  private final boolean tiered;

  private final List<Effect> effects = new ArrayList<>();
  private final Retired retired = new Retired();
  final Accesses accesses;
  final Counters counters = new Counters();

  private long now;

  /// Whether the current command holds views, so that nothing may be overwritten in place.
  private boolean viewed;

  /// Whether an effect holds a view, so that the same goes until the transaction ends.
  private boolean pinned;

  private boolean touches;

  /// Whether the current command has changed anything: the rest of it must not fail for want of
  /// memory then.
  private boolean mutated;

  /// What the limit of memory means to a command that has changed nothing.
  private Limit limit = Limit.KEPT;

  /// The latest look-up of the current command, as long as nothing has changed since: most bodies
  /// read a key and then write it.
  private @Nullable Key foundKey;

  private int foundDatabase;
  private long found;

  /// - `log`: where the effects go.
  Records(Engine engine, SlotLocks locks, Magazine magazine, Accesses accesses, Log log) {
    this.engine = engine;
    this.keyspace = engine.keyspace();
    this.locks = locks;
    this.magazine = magazine;
    this.accesses = accesses;
    this.cold = new ColdKeys(engine, locks, this);
    this.appender = log.newAppender();
    this.keepsEffects = log.keeps();
    this.tiered = engine.tiered();
  }

  /// A new transaction, at a time.
  void begin(long nowMillis) {
    now = nowMillis;
    accesses.begin(nowMillis);
    pinned = false;
    appender.reset();
    cold.forget();
  }

  /// The next command: views handed out so far are no longer used, but by effects.
  void next() {
    viewed = pinned;
    touches = true;
    mutated(false);
    foundKey = null;
  }

  /// See [Tx#touches].
  void touches(boolean on) {
    touches = on;
  }

  /// What the limit of memory means from now on to commands that have changed nothing yet.
  void limit(Limit newLimit) {
    limit = newLimit;
    limit();
  }

  /// Lets it mean to the magazine what it means to the current command.
  void limit() {
    magazine.limit(mutated && limit == Limit.KEPT ? Limit.PASSED : limit);
  }

  private void mutated(boolean on) {
    if (mutated != on) {
      mutated = on;
      limit();
    }
  }

  /// Hands the effects to the log, under the locks; returns the LSN just past them, 0 if there are
  /// none.
  long log() {
    if (effects.isEmpty()) {
      return 0;
    }
    long lsn = appender.append(effects);
    effects.clear();
    return lsn;
  }

  /// See [Tx#unchanged].
  boolean unchanged() {
    return !mutated;
  }

  /// What only the tier has.
  ColdKeys cold() {
    return cold;
  }

  /// Makes sure that a change of `size` bytes can be kept, before anything is changed.
  ///
  /// - throws [io.karst.base.Fault.ReadOnly].
  void reserve(long size) {
    if (keepsEffects) {
      appender.reserve(size + EFFECT_OVERHEAD);
    }
  }

  /// Frees what was replaced and removed. After the locks, which it needs no more.
  void finish() {
    retired.free(magazine, engine::freeInBackground);
    cold.finish();
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
    if (record == Record.NONE) {
      record = data.cold(key.slot()) == 0 ? Record.NONE : cold.find(database, key);
    }
    if (record == Record.NONE || Record.tombstone(record)) {
      return Record.NONE;
    }
    if (Record.due(record, now)) {
      expired(database, key, record);
      return Record.NONE;
    }
    return record;
  }

  /// The record of a key as it stands in the table, due or a tombstone perhaps.
  private long standing(Database data, Key key, long live) {
    return live == Record.NONE && (tiered || keepsEffects) ? data.find(key) : live;
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
        accesses.read(record);
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

  /// Removes a record that is due. If the disk takes no more changes it stays, unseen: false.
  boolean expired(int database, Key key, long record) {
    boolean before = mutated;
    try {
      remove(database, key, record);
    } catch (Fault.ReadOnly full) {
      return false;
    }
    mutated(before); // It is none of the command's doing.
    counters.add(Counter.EXPIRED, 1);
    return true;
  }

  void remove(int database, Key key, long record) {
    reserve(key.bytes().length());
    changed();
    counters.add(Counter.CHANGES, 1);
    mutated(true);
    Database data = keyspace.database(database);
    if (tiered && (Record.persisted(record) || engine.busy(key.slot()))) {
      bury(data, key, record);
    } else {
      data.remove(magazine, key, record);
      retired.add(record);
    }
    if (keepsEffects()) {
      effect(new Effect.Delete(keyspace.id(database), key.bytes()));
    }
  }

  /// Puts a tombstone in the place of a record, so that the tier will learn of the removal.
  private void bury(Database data, Key key, long record) {
    long tombstone;
    try {
      tombstone = Record.createTombstone(magazine, key.bytes());
    } catch (Fault.OutOfMemory full) {
      data.bury(key, record); // Its memory comes free with the next checkpoint.
      return;
    }
    inherit(tombstone, record);
    data.replace(magazine, key, record, tombstone);
    retired.add(record);
  }

  /// Notes of a new record what the tier has of its key, and that it has not this.
  private void inherit(long fresh, long before) {
    if (before != Record.NONE) {
      Record.persisted(fresh, Record.persisted(before), Record.indexed(before));
    }
    Record.dirty(fresh, true);
  }

  /// Removes a record of a locked slot to make room.
  void evict(int database, Key key, long record) {
    remove(database, key, record);
    counters.add(Counter.EVICTED, 1);
  }

  /// Drops a clean record of a locked slot from memory: the tier has it. False if it is dirty.
  boolean spill(int database, Key key, long record) {
    if (!tiered || Record.dirty(record) || !Record.persisted(record) || engine.busy(key.slot())) {
      return false;
    }
    changed();
    keyspace.database(database).drop(magazine, key, record);
    retired.add(record);
    counters.add(Counter.SPILLED, 1);
    return true;
  }

  /// Removes a key that is due and only in the tier, whose value is not read. Under its slot's
  /// lock.
  void expireCold(int database, Key key) {
    reserve(key.bytes().length());
    changed();
    Database data = keyspace.database(database);
    long tombstone = Record.createTombstone(magazine, key.bytes());
    Record.persisted(tombstone, true, true);
    try {
      data.load(magazine, key, tombstone);
    } catch (Fault.OutOfMemory full) {
      Record.free(magazine, tombstone);
      throw full;
    }
    data.dirty(key.slot(), tombstone, true);
    counters.add(Counter.CHANGES, 1);
    counters.add(Counter.EXPIRED, 1);
    if (keepsEffects()) {
      effect(new Effect.Delete(keyspace.id(database), key.bytes()));
    }
  }

  /// Puts a key of a locked slot into memory as the tier has it, and returns its record.
  ///
  /// - throws [io.karst.base.Fault.OutOfMemory].
  long load(int database, Key key, Stored stored) {
    changed();
    long record = StoredValues.toRecord(magazine, key.bytes(), stored);
    try {
      keyspace.database(database).load(magazine, key, record);
    } catch (Fault.OutOfMemory full) {
      Record.free(magazine, record);
      throw full;
    }
    return record;
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
    reserve((long) key.bytes().length() + value.length());
    long record = old;
    if (old == Record.NONE || !overwrite(database, key, old, value, expiry)) {
      record = create(key, value.length(), expiry, old);
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
      long record = create(key, length, Record.NO_EXPIRY, old);
      install(database, key, old, record);
      return record;
    }
    if (!viewed && Record.resize(magazine, old, length, Record.expires(old))) {
      dirty(database, key, old);
      return old;
    }
    long record = create(key, length, Record.expiry(old), old);
    Record.writeFrom(record, old, Math.min(length, Record.valueLength(old)));
    install(database, key, old, record);
    return record;
  }

  /// Changes, adds or, with [Record#NO_EXPIRY], removes the expiry of a record of any type.
  void expire(int database, Key key, long record, long atMillis) {
    reserve(key.bytes().length());
    boolean expires = Record.expires(record);
    if (atMillis != Record.NO_EXPIRY && expires) {
      keyspace.database(database).expiry(magazine, key, record, atMillis);
      dirty(database, key, record);
    } else if (atMillis != Record.NO_EXPIRY || expires) {
      install(database, key, record, Record.withExpiry(magazine, record, atMillis));
    }
    if (keepsEffects()) {
      effect(new Effect.Expire(keyspace.id(database), key.bytes(), atMillis));
    }
  }

  /// Notes that a record was changed in its own block.
  private void dirty(int database, Key key, long record) {
    counters.add(Counter.CHANGES, 1);
    mutated(true);
    if (tiered) {
      keyspace.database(database).dirty(key.slot(), record, true);
    }
  }

  /// A record for a new value of a key, which has the accesses of `old`, if there is one.
  private long create(Key key, int length, long expiryMillis, long old) {
    int type = ValueType.STRING.code();
    int access = accesses.word(old);
    return Record.create(magazine, key.bytes(), type, length, expiryMillis, access);
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
    accesses.wrote(old);
    dirty(database, key, old);
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
    long before = standing(data, key, old);
    if (tiered) {
      inherit(fresh, before);
    }
    try {
      if (before == Record.NONE) {
        data.add(magazine, key, fresh);
      } else {
        data.replace(magazine, key, before, fresh);
        retired.add(before);
      }
      mutated(true);
    } catch (Fault.OutOfMemory full) {
      Record.free(magazine, fresh);
      throw full;
    }
    counters.add(Counter.CHANGES, 1);
  }
}
