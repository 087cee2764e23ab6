package io.karst.engine;

import io.karst.base.Bytes;
import io.karst.base.CommandException;
import io.karst.base.Decimal;
import io.karst.base.Fault;
import io.karst.base.HeapBytes;
import io.karst.base.Invariant;
import io.karst.engine.Counters.Counter;
import io.karst.history.Effect;
import io.karst.history.Log;
import io.karst.keyspace.Database;
import io.karst.keyspace.Key;
import io.karst.keyspace.Keyspace;
import io.karst.memory.Magazine;
import io.karst.memory.Record;
import io.karst.value.StringEncoding;
import io.karst.value.ValueType;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// The only gate to what the store holds: reads and changes under the locks of some slots, atomic
/// for everyone else.
///
/// *Life.* [#begin], then [#tryLock], [#lock] or [#lockAll], then [#next] and a body for each
/// command, then [#end], which hands the effects to the log, lets the locks go and frees what was
/// replaced. The object is reused.
///
/// *Reads* answer views of records, valid until [#end] even if the same transaction overwrites or
/// deletes the key. A key that is due does not exist: it is deleted by whoever comes upon it.
///
/// *Changes* make the effect, keep counters and memory right, and either happen whole or, with a
/// [CommandException] or a [Fault], not at all.
///
/// Thread: one worker's. Keys must be of locked slots, which `-Dkarst.verify=true` checks.
public final class Tx implements AutoCloseable {
  /// As an expiry: that of the key as it is.
  public static final long KEEP_EXPIRY = -3;

  private final Engine engine;
  private final Keyspace keyspace;
  private final Magazine magazine;
  private final Log log;
  private final boolean keepsEffects;
  private final RandomGenerator random;
  private final SlotLocks locks;
  private final Counters counters = new Counters();
  private final Retired retired = new Retired();
  private final List<Effect> effects = new ArrayList<>();
  private final byte[] digits = new byte[Decimal.LENGTH_MAX];
  private final HeapBytes decimal = new HeapBytes();
  private final Walk walk;

  private long now;
  private int database;
  private boolean touches = true;

  /// Whether the current command holds views, so that nothing may be overwritten in place.
  private boolean viewed;

  /// Where loads ahead of use end, so that the compiler keeps them.
  @SuppressWarnings("unused")
  private long sink;

  Tx(Engine engine, Magazine magazine, RandomGenerator random) {
    this.engine = engine;
    this.keyspace = engine.keyspace();
    this.magazine = magazine;
    this.log = engine.log();
    this.keepsEffects = log.keeps();
    this.random = random;
    this.locks = new SlotLocks(keyspace);
    this.walk = new Walk(keyspace, locks);
  }

  // ---- life ----

  /// Begins: the time is fixed, no slot is locked yet.
  public void begin(long nowMillis, int initialDatabase) {
    Invariant.check(locks.holdsNone(), "a transaction begins before the last one has ended");
    now = nowMillis;
    next(initialDatabase);
    locks.slots.clear();
  }

  /// Begins the next command: views handed out so far are no longer used.
  public void next(int commandDatabase) {
    database = commandDatabase;
    viewed = false;
    touches = true;
  }

  /// Whether reads note the access for `OBJECT IDLETIME` and eviction; they do at first.
  public void touches(boolean on) {
    touches = on;
  }

  /// The slots to lock; filled between [#begin] and [#lock].
  public SlotSet slots() {
    return locks.slots;
  }

  /// Takes the locks, or none if one is not free within a moment. Does not park.
  public boolean tryLock() {
    return locks.tryLock();
  }

  /// Takes the locks, waiting if need be: not for event loops.
  public void lock() {
    locks.lock();
  }

  /// Takes the lock of every slot, waiting if need be.
  public void lockAll() {
    locks.lockAll();
  }

  /// Loads what the look-ups of keys of locked slots will need, all of one step before the next, so
  /// that the cache misses overlap instead of queueing.
  public void prefetch(Key[] keys, int count) {
    Database data = keyspace.find(database);
    for (int i = 0; i < count; i++) {
      keys[i].hash(keyspace.hasher());
    }
    if (data == null || count == 1) {
      return;
    }
    long sum = 0;
    for (int i = 0; i < count; i++) {
      sum += data.touchHome(keys[i]);
    }
    for (int i = 0; i < count; i++) {
      sum += data.touchRecord(keys[i]);
    }
    sink = sum;
  }

  /// Ends: effects go to the log, then the locks, then what was replaced. Always to be called.
  public void end() {
    try {
      if (!effects.isEmpty()) {
        log.append(effects);
        effects.clear();
      }
    } finally {
      locks.unlock();
      retired.free(magazine, engine::freeInBackground);
    }
  }

  /// Gives the magazine back; the counts stay with the engine.
  @Override
  public void close() {
    engine.closed(this);
    magazine.close();
  }

  // ---- surroundings ----

  /// Milliseconds since 1970; the same for the whole command.
  public long now() {
    return now;
  }

  public RandomGenerator random() {
    return random;
  }

  /// The number of the connection's database.
  public int database() {
    return database;
  }

  /// How many databases there are.
  public int databases() {
    return keyspace.count();
  }

  /// The longest string a command may make, in bytes.
  public int stringLimit() {
    return engine.stringLimit();
  }

  Counters counters() {
    return counters;
  }

  // ---- any key ----

  public boolean exists(Key key) {
    return read(key) != Record.NONE;
  }

  /// Whether a key exists in another database; its slot is the same in all.
  public boolean exists(int inDatabase, Key key) {
    return live(inDatabase, key) != Record.NONE;
  }

  /// The type of a key, or null if there is none. Not an access.
  public @Nullable ValueType type(Key key) {
    long record = live(database, key);
    return record == Record.NONE ? null : ValueType.of(Record.type(record));
  }

  /// Milliseconds since 1970, [Record#NO_EXPIRY] or [Record#ABSENT]. Not an access.
  public long expiry(Key key) {
    long record = live(database, key);
    return record == Record.NONE ? Record.ABSENT : Record.expiry(record);
  }

  /// Sets or, with [Record#NO_EXPIRY], removes the expiry of a key that exists; a time that is not
  /// after [#now] deletes the key.
  public void expire(Key key, long atMillis) {
    long record = existing(key);
    if (pastExpiry(atMillis)) {
      delete(key);
      return;
    }
    changeExpiry(key, record, atMillis);
    if (keepsEffects) {
      effects.add(new Effect.Expire(database, key.bytes(), atMillis));
    }
  }

  /// Deletes a key; whether it existed.
  public boolean delete(Key key) {
    long record = live(database, key);
    if (record == Record.NONE) {
      return false;
    }
    remove(database, key, record);
    return true;
  }

  /// Milliseconds since the last access, in steps of a second, or -1 if there is no key. Not an
  /// access.
  public long idleMillis(Key key) {
    long record = live(database, key);
    return record == Record.NONE ? -1 : ((clock() - Record.clock(record)) & 0xff_ffff) * 1000L;
  }

  /// Lets the last access of a key that exists lie `seconds` back.
  public void idle(Key key, long seconds) {
    Record.touch(existing(key), clock() - (int) Math.min(seconds, 0xff_ffff));
  }

  /// The name `OBJECT ENCODING` answers, or null if there is no key. Not an access.
  public @Nullable String encoding(Key key) {
    long record = live(database, key);
    return record == Record.NONE
        ? null
        : StringEncoding.of(Record.value(record), Record.raw(record)).redisName();
  }

  /// Bytes of native memory a key takes, its word in the table included, or -1 if there is none.
  public long memoryUsage(Key key) {
    long record = live(database, key);
    return record == Record.NONE ? -1 : Record.blockSize(record) + Long.BYTES;
  }

  /// Copies the value and the expiry of `source` to `target` in `targetDatabase`, replacing what
  /// is there; false if there is no source. Source and target are not the same key.
  public boolean copy(Key source, Key target, int targetDatabase) {
    long record = live(database, source);
    if (record == Record.NONE) {
      return false;
    }
    // An effect outlives the command, and a later one may overwrite the source in place.
    Bytes value = keepsEffects ? Record.value(record).copy() : Record.value(record);
    long expiry = Record.expiry(record);
    viewed = true;
    boolean raw = Record.raw(record);
    long copied = store(targetDatabase, target, value, expiry);
    Record.raw(copied, raw);
    return true;
  }

  // ---- strings ----

  /// A view of a string, or null if there is no key.
  public @Nullable Bytes string(Key key) {
    long record = readString(key);
    if (record == Record.NONE) {
      return null;
    }
    viewed = true;
    return Record.value(record);
  }

  /// The length of a string, 0 if there is no key.
  public int stringLength(Key key) {
    long record = readString(key);
    return record == Record.NONE ? 0 : Record.valueLength(record);
  }

  /// The integer a string is the decimal of, or `absent` if there is no key.
  public long int64(Key key, long absent) {
    long record = readString(key);
    return record == Record.NONE ? absent : Decimal.parse(Record.value(record));
  }

  /// Sets a string, replacing whatever was there.
  ///
  /// - `expiryMillis`: since 1970, [Record#NO_EXPIRY] or [#KEEP_EXPIRY]; a time that is not after
  ///   [#now] deletes the key.
  public void putString(Key key, Bytes value, long expiryMillis) {
    if (pastExpiry(expiryMillis)) {
      delete(key);
      return;
    }
    store(database, key, value, expiryMillis);
  }

  /// Sets a string to a decimal; the key keeps its expiry.
  public void putInt64(Key key, long value) {
    if (keepsEffects) {
      putString(key, Decimal.of(value), KEEP_EXPIRY);
      return;
    }
    decimal.set(digits, 0, Decimal.format(value, digits, 0));
    putString(key, decimal, KEEP_EXPIRY);
  }

  /// Overwrites a string from `offset` on, with zeros between its end and there; creates it if
  /// there is no key. The key keeps its expiry.
  ///
  /// - `offset` plus the length of `bytes` is at most [#stringLimit].
  /// - returns: the new length.
  public int setRange(Key key, int offset, Bytes bytes) {
    long record = stringOf(live(database, key));
    int length = record == Record.NONE ? 0 : Record.valueLength(record);
    int end = Math.max(length, offset + bytes.length());
    long written = record;
    if (record == Record.NONE
        || viewed
        || !Record.resize(magazine, record, end, Record.expires(record))) {
      written = moved(key, record, length, end);
    }
    Record.writeZeros(written, length, Math.min(offset, end));
    Record.write(written, offset, bytes);
    Record.raw(written, true);
    Record.touch(written, clock());
    if (keepsEffects) {
      effects.add(new Effect.SetRange(database, key.bytes(), offset, bytes));
    }
    return end;
  }

  /// Appends to a string and returns the new length; creates it if there is no key.
  public int append(Key key, Bytes bytes) {
    long record = stringOf(live(database, key));
    if (record == Record.NONE) {
      putString(key, bytes, Record.NO_EXPIRY);
      return bytes.length();
    }
    return setRange(key, Record.valueLength(record), bytes);
  }

  // ---- the keyspace as a whole ----

  /// The number of keys in [#database], those due and not yet removed included.
  public long size() {
    return size(database);
  }

  public long size(int ofDatabase) {
    Database data = keyspace.find(ofDatabase);
    return data == null ? 0 : data.size();
  }

  /// Shows keys from a cursor on and returns the cursor to go on with, 0 at the end.
  ///
  /// A key that is there from the first call to the last is shown at least once. Locks one slot at
  /// a time; where one is not free within a moment, it may return early.
  ///
  /// - `count`: about how many keys to show, at least 1.
  /// - `onlySlot`: the slot to stay in, or -1 for all.
  public long scan(long cursor, int count, int onlySlot, KeyVisitor visitor) {
    return walk.scan(keyspace.find(database), now, cursor, count, onlySlot, visitor);
  }

  /// Shows every key, slot by slot, waiting for locks: not for event loops.
  public void forEachKey(int onlySlot, KeyVisitor visitor) {
    walk.forEach(keyspace.find(database), now, onlySlot, visitor);
  }

  /// A copy of a key chosen at random, or null if there is none.
  public @Nullable Bytes randomKey() {
    return walk.random(keyspace.find(database), now, random);
  }

  /// Empties a database; its memory is freed in the background. All slots are locked.
  public void flush(int emptied) {
    needAllLocks();
    Database data = keyspace.detach(emptied);
    if (data != null) {
      engine.freeInBackground(data);
    }
    if (keepsEffects) {
      effects.add(new Effect.Flush(emptied));
    }
  }

  /// Exchanges two databases. All slots are locked.
  public void swap(int first, int second) {
    needAllLocks();
    keyspace.swap(first, second);
    if (keepsEffects) {
      effects.add(new Effect.Swap(first, second));
    }
  }

  // ---- for the engine's own threads ----

  /// Removes keys of a locked slot that are due, at most as many as `due` holds; returns how many.
  int expireDue(int slot, long[] due) {
    Database data = keyspace.find(database);
    var table = data == null ? null : data.table(slot);
    if (data == null || table == null) {
      return 0;
    }
    int found = table.collectDue(now, due);
    for (int i = 0; i < found; i++) {
      Key key = Key.of(Record.key(due[i]));
      key.hash(keyspace.hasher());
      expired(database, key, due[i]);
    }
    data.refreshEarliest(slot);
    return found;
  }

  /// Moves records of a locked slot out of sparse slabs; see [io.karst.memory.RecordTable].
  int relocateSparse(int slot, int index, int count) {
    Database data = keyspace.find(database);
    var table = data == null ? null : data.table(slot);
    return table == null
        ? -1
        : table.relocateSparse(magazine, engine.memory(), index, count);
  }

  Magazine magazine() {
    return magazine;
  }

  // ---- inside ----

  private int clock() {
    return (int) (now / 1000);
  }

  private boolean pastExpiry(long expiryMillis) {
    return expiryMillis >= 0 && expiryMillis <= now;
  }

  /// A record for reading: counted, and noted as an access.
  private long read(Key key) {
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

  private long readString(Key key) {
    return stringOf(read(key));
  }

  private static long stringOf(long record) {
    if (record != Record.NONE && Record.type(record) != ValueType.STRING.code()) {
      throw CommandException.wrongType();
    }
    return record;
  }

  private long existing(Key key) {
    long record = live(database, key);
    Invariant.check(record != Record.NONE, "a key that exists is gone within its transaction");
    return record;
  }

  /// The record of a key that is not due, or [Record#NONE].
  private long live(int inDatabase, Key key) {
    if (Invariant.VERIFY) {
      Invariant.check(locks.holds(key.slot()), () -> "the slot of " + key + " is not locked");
    }
    Database data = keyspace.find(inDatabase);
    if (data == null) {
      return Record.NONE;
    }
    key.hash(keyspace.hasher());
    long record = data.find(key);
    if (record != Record.NONE && Record.due(record, now)) {
      expired(inDatabase, key, record);
      return Record.NONE;
    }
    return record;
  }

  private void expired(int inDatabase, Key key, long record) {
    remove(inDatabase, key, record);
    counters.add(Counter.EXPIRED, 1);
  }

  private void remove(int inDatabase, Key key, long record) {
    keyspace.database(inDatabase).remove(magazine, key, record);
    retired.add(record);
    if (keepsEffects) {
      effects.add(new Effect.Delete(inDatabase, key.bytes()));
    }
  }

  /// Makes `value` the string at a key and returns its record.
  private long store(int inDatabase, Key key, Bytes value, long expiryMillis) {
    long old = live(inDatabase, key);
    long expiry = expiryMillis;
    if (expiry == KEEP_EXPIRY) {
      expiry = old == Record.NONE ? Record.NO_EXPIRY : Record.expiry(old);
    }
    long record = old;
    if (old == Record.NONE || viewed || !overwrite(inDatabase, key, old, value, expiry)) {
      record = Record.create(
          magazine, key.bytes(), ValueType.STRING.code(), value.length(), expiry, clock());
      Record.write(record, 0, value);
      install(inDatabase, key, old, record);
    }
    if (keepsEffects) {
      effects.add(new Effect.Set(inDatabase, key.bytes(), value, expiry));
    }
    return record;
  }

  /// Overwrites a string in its own block, if value and expiry fit there.
  private boolean overwrite(int inDatabase, Key key, long old, Bytes value, long expiryMillis) {
    boolean expires = expiryMillis != Record.NO_EXPIRY;
    if (Record.type(old) != ValueType.STRING.code()
        || !Record.resize(magazine, old, value.length(), expires)) {
      return false;
    }
    Record.write(old, 0, value);
    Record.raw(old, false);
    Record.touch(old, clock());
    if (expires && Record.expiry(old) != expiryMillis) {
      keyspace.database(inDatabase).expiry(magazine, key, old, expiryMillis);
    }
    return true;
  }

  /// Moves the string at a key, the first `kept` bytes of it, into a record for `length` bytes.
  private long moved(Key key, long old, int kept, int length) {
    long expiry = old == Record.NONE ? Record.NO_EXPIRY : Record.expiry(old);
    long record = Record.create(
        magazine, key.bytes(), ValueType.STRING.code(), length, expiry, clock());
    if (old != Record.NONE) {
      Record.writeFrom(record, old, kept);
    }
    install(database, key, old, record);
    return record;
  }

  private void changeExpiry(Key key, long record, long atMillis) {
    Database data = keyspace.database(database);
    boolean expires = Record.expires(record);
    if (atMillis != Record.NO_EXPIRY && expires) {
      data.expiry(magazine, key, record, atMillis);
    } else if (atMillis != Record.NO_EXPIRY || expires) {
      int length = Record.valueLength(record);
      long fresh = Record.create(
          magazine, key.bytes(), Record.type(record), length, atMillis, Record.clock(record));
      Record.writeFrom(fresh, record, length);
      Record.raw(fresh, Record.raw(record));
      install(database, key, record, fresh);
    }
  }

  /// Puts `fresh` into the table, in the place of `old` if there is one. If that fails, `fresh` is
  /// freed and nothing has changed.
  private void install(int inDatabase, Key key, long old, long fresh) {
    Database data = keyspace.database(inDatabase);
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

  private void needAllLocks() {
    Invariant.check(locks.holdsAll(), "a whole database is changed without all locks");
  }
}
