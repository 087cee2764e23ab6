package io.karst.engine;

import io.karst.base.Bytes;
import io.karst.base.Decimal;
import io.karst.base.HeapBytes;
import io.karst.base.Invariant;
import io.karst.history.Effect;
import io.karst.history.Log;
import io.karst.keyspace.Key;
import io.karst.keyspace.Keyspace;
import io.karst.memory.Limit;
import io.karst.memory.Magazine;
import io.karst.memory.Record;
import io.karst.value.ValueType;
import java.util.function.Consumer;
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
  private final RandomGenerator random;
  private final SlotLocks locks;
  private final Accesses accesses;
  private final Records records;
  private final KeyUsage usage;
  private final Values values;
  private final AllKeys all;
  private final Evictor evictor;
  private final Waits waits;
  private final Prefetch prefetch;
  private final byte[] digits = new byte[Decimal.LENGTH_MAX];
  private final HeapBytes decimal = new HeapBytes();
  private final Horizon horizon;
  private final Reach reach;
  private int database;

  private boolean repeatable;

  /// Whether the latest transaction has announced anything.
  private boolean announced;

  /// - `ownLog`: where its effects go.
  Tx(Engine engine, Magazine magazine, RandomGenerator random, Log ownLog) {
    this.engine = engine;
    this.keyspace = engine.keyspace();
    this.random = random;
    this.prefetch = new Prefetch(keyspace);
    this.locks = new SlotLocks(keyspace);
    this.horizon = new Horizon(ownLog, keyspace.lsns(), locks);
    this.accesses = new Accesses(engine.eviction(), random);
    this.records = new Records(engine, locks, magazine, accesses, ownLog);
    this.usage = new KeyUsage(engine, this, accesses, records);
    this.values = new Values(engine, this, records);
    this.waits = new Waits(this, engine, locks, records);
    this.all = new AllKeys(this, engine, locks, records);
    this.evictor = new Evictor(engine, this, random);
    this.reach = new Reach(locks, records);
    records.residency().amendedBy(new AmendedValue(this));
  }

  // ---- life ----

  /// Begins: the time is fixed, no slot is locked yet.
  public void begin(long nowMillis, int initialDatabase) {
    Invariant.check(locks.holdsNone(), "a transaction begins before the last one has ended");
    locks.begin();
    horizon.begin();
    records.events.announcements.clear();
    records.begin(nowMillis);
    waits.begin();
    next(initialDatabase);
  }

  /// Begins the next command: views handed out so far are no longer used. Before it, whoever waits
  /// for what the last one changed is served.
  public void next(int commandDatabase) {
    waits.serve();
    enter(commandDatabase);
  }

  /// As [#next], within what one command entails.
  void enter(int commandDatabase) {
    database = commandDatabase;
    repeatable = false;
    records.next();
  }

  /// Whether the command has changed nothing so far: one that finds no memory may be run again
  /// then.
  public boolean unchanged() {
    return records.unchanged();
  }

  /// Whether reads note the access for `OBJECT IDLETIME` and eviction; they do at first.
  public void touches(boolean on) {
    records.touches(on);
  }

  /// Asks the current command, which has not begun, to be repeatable: what it answers does not
  /// depend on how a collection happens to lie. Until the [#next].
  public void askRepeatable() {
    repeatable = true;
  }

  /// Whether somebody has asked so.
  public boolean repeatable() {
    return repeatable;
  }

  /// Asks the current command, which has not begun, to be brief: it ends with a [LongWorkException]
  /// before it looks at many elements. Until the [#next].
  public void brief() {
    records.brevity.ask();
  }

  /// Whether the current command, which has found that its reply is long, is to be run again where
  /// nobody waits for it: as if it had ended with a [LongWorkException].
  public boolean leaves() {
    return records.brevity.leaves();
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

  /// Whether any of these keys has to be read from disk before a body may ask for it; then [#end],
  /// and [#lock(Key\[\], int)] elsewhere. Under the locks of their slots; costs next to nothing if
  /// everything is in memory.
  public boolean missing(Key[] keys, int count) {
    return records.cold().missing(database, keys, count);
  }

  /// As [#lock], of the slots of these keys as well, and with the keys in memory; reads from disk:
  /// not for event loops.
  ///
  /// - throws [Fault.OutOfMemory], or [io.karst.lsm.DamagedException]; no lock is held then.
  public void lock(Key[] keys, int count) {
    for (int i = 0; i < count; i++) {
      locks.slots.add(keys[i].slot());
    }
    records.cold().lock(database, keys, count);
  }

  /// Makes the changes of this transaction unseen by others until they are on disk: who reads them
  /// has a [#heldLsn] to wait for.
  public void holds(boolean on) {
    horizon.holds(on);
  }

  /// Lets what this transaction adds pass the limit of memory; the others find less than none left
  /// until as much has come back.
  public void passesLimit() {
    records.limit(Limit.PASSED);
  }

  /// Takes the lock of every slot, waiting if need be.
  public void lockAll() {
    locks.lockAll();
  }

  /// See [Prefetch#load].
  public void prefetch(Key[] keys, int count) {
    prefetch.load(database, keys, count);
  }

  /// Lets the commands up to [#end] be one (`EXEC`, a script): none of them may block, who waits
  /// for their changes is served after the last, and once one of them has changed anything none
  /// fails for want of memory. Before the first of them.
  public void asOne() {
    waits.atomic();
    records.asOne(true);
  }

  /// Lets the commands up to [#end] be one that [#rollback] takes back. Whole databases must not be
  /// changed. Before the first of them.
  public void undoable() {
    waits.atomic();
    records.undo().begin();
  }

  /// As [#undoable], for a script, which finds its keys as it goes along. Before a large value is
  /// changed, `beforeLarge` is run, which either calls [#settle] or throws.
  public void script(Runnable beforeLarge) {
    waits.atomic();
    records.undo().begin(beforeLarge);
  }

  /// Makes everything so far, and what is to come up to [#end], one that is not taken back: see
  /// [#asOne].
  public void settle() {
    if (records.undo().active()) {
      records.undo().commit();
    }
    records.asOne(true);
    records.told();
  }

  /// Whether it can be taken back.
  public boolean revocable() {
    return records.undo().active();
  }

  /// What it needs to go on without those locks that only wait for others: see [Reach].
  public Reach reach() {
    return reach;
  }

  /// Takes back what the commands have changed since [#undoable], unseen by anybody: in memory,
  /// where that needs none, and in the history, which gets nothing of it. What was due is gone all
  /// the same.
  public void rollback() {
    records.rollback();
    retract();
  }

  /// Says what the changes of the command that begins are called, and whose they are.
  ///
  /// - `event`: null if they are told of by no name.
  /// - `client`: 0 if they are nobody's.
  public void begins(@Nullable KeyEvent event, long client) {
    records.events.begin(event, client);
  }

  /// Says what the changes of the command are called from here on, where it makes several; null if
  /// nobody is told of them by a name.
  public void acts(@Nullable KeyEvent event) {
    records.events.act(event);
  }

  /// Lets others be told of what has happened to a key besides its changes.
  public void tells(KeyEvent event, Key key) {
    records.events.happened(database, key, event);
  }

  /// Lets others be told of something when the transaction ends, if it takes effect.
  public void announce(Announcement announcement) {
    records.events.announcements.add(announcement, false);
  }

  /// Lets nobody be told of what the commands have done so far: they have changed nothing, and are
  /// run again.
  public void retract() {
    records.events.announcements.retract(0);
  }

  /// As [#retract], of the current command alone.
  public void retractCommand() {
    records.events.retract();
  }

  /// After [#end]: whether anybody was told of anything.
  public boolean announced() {
    return announced;
  }

  /// Notes that the transaction cannot be run again, as somebody has been told what it saw, or has
  /// seen what came with it: it passes the limit of memory rather than fail.
  public void told() {
    records.told();
  }

  /// Sees to it that what several commands bring fits in, before the first of them; unless that is
  /// little, or the transaction may pass the limit.
  ///
  /// - throws [io.karst.base.Fault.OutOfMemory] if it does not.
  public void checkFits(long bytes) {
    if (records.keepsLimit() && bytes > engine.eviction().headroomBytes()) {
      engine.eviction().checkFits(bytes);
    }
  }

  /// Makes sure that the history takes `count` changes of `size` bytes of keys and values in all.
  ///
  /// - throws [io.karst.base.Fault.ReadOnly].
  public void reserve(int count, long size) {
    records.reserveAll(count, size);
  }

  /// Lets a key of the transaction's database be watched from now on.
  public void watch(Watcher watcher, Key key) {
    Key own = Key.of(key.bytes().copy());
    engine.watches().add(watcher, database, own, expiry(key));
  }

  /// Whether nothing that is watched has changed since. Under the locks of all that.
  public boolean stands(Watcher watcher) {
    return new WatchCheck(this, watcher).stands();
  }

  /// Ends: who waits for the changes is served, effects go to the log, then the locks, then what
  /// was replaced. Always to be called.
  public void end() {
    try {
      if (records.undo().active()) {
        records.undo().commit();
      }
      waits.serveLast();
      horizon.end(records.effects().log());
      announced = !records.events.announcements.isEmpty();
      if (announced) {
        records.events.announcements.announce(horizon);
      }
      records.cold().release();
    } finally {
      locks.unlock();
      records.finish();
    }
    waits.ended();
  }

  /// After [#end]: the LSN just past what the transaction has changed, 0 if nothing.
  public long writtenLsn() {
    return horizon.written();
  }

  /// After [#end]: the log has to be safe up to here before anybody is told what the transaction
  /// has seen, as safe as whoever is told expects.
  public long seenLsn() {
    return horizon.seen();
  }

  /// After [#end]: the log has to be durable up to here before anybody is told what the transaction
  /// has seen, whatever he expects.
  public long heldLsn() {
    return horizon.held();
  }

  /// Gives the free blocks it holds ready to everyone. Between transactions.
  public void tidy() {
    records.magazine().flush();
  }

  /// Gives the magazine back; the counts stay with the engine.
  @Override
  public void close() {
    engine.closed(this);
    records.close();
  }

  /// Does a part of the transaction under the locks of these keys, which it lets go after that;
  /// under those it has if it has all. Waits for locks, and reads from disk: not for event loops.
  public void step(Key[] keys, Runnable part) {
    step(slots -> lock(keys, keys.length), part);
  }

  /// As [#step(Key\[\], Runnable)], with nothing brought into memory.
  ///
  /// - `choice`: adds the slots to lock, or locks them itself.
  void step(Consumer<SlotSet> choice, Runnable part) {
    if (locks.holdsAll()) {
      part.run();
      return;
    }
    Invariant.check(locks.holdsNone(), "a part of a transaction that holds some locks");
    locks.slots.clear();
    records.begin(records.now());
    next(database);
    choice.accept(locks.slots);
    if (locks.holdsNone()) {
      locks.lock();
    }
    try {
      part.run();
    } finally {
      end();
    }
    locks.slots.clear();
  }

  /// Notes that more is looked at than the slots that are locked.
  void roams() {
    horizon.roams();
  }

  /// Lets `part` make a value in a database what it was; see [Records#quietly].
  void rebuild(int inDatabase, Runnable part) {
    int before = database;
    database = inDatabase;
    try {
      records.quietly(part);
    } finally {
      database = before;
    }
  }

  // ---- surroundings ----

  /// Milliseconds since 1970; the same for the whole command.
  public long now() {
    return records.now();
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
    return records.counters;
  }

  // ---- any key ----

  public boolean exists(Key key) {
    return records.read(database, key) != Record.NONE;
  }

  /// Whether a key exists in another database; its slot is the same in all.
  public boolean exists(int inDatabase, Key key) {
    return records.look(inDatabase, key) != Record.NONE;
  }

  /// The type of a key, or null if there is none. Not an access.
  public @Nullable ValueType type(Key key) {
    long record = records.look(database, key);
    return record == Record.NONE ? null : ValueType.of(Record.type(record));
  }

  /// Milliseconds since 1970, [Record#NO_EXPIRY] or [Record#ABSENT]. Not an access.
  public long expiry(Key key) {
    long record = records.look(database, key);
    return record == Record.NONE ? Record.ABSENT : Record.expiry(record);
  }

  /// Sets or, with [Record#NO_EXPIRY], removes the expiry of a key that exists; a time that is not
  /// after [#now] deletes the key.
  public void expire(Key key, long atMillis) {
    long record = records.existing(database, key);
    if (past(atMillis)) {
      records.removals.remove(database, key, record);
    } else {
      records.expiry.expire(database, key, record, atMillis);
    }
  }

  /// Deletes a key; whether it existed.
  public boolean delete(Key key) {
    long record = records.live(database, key);
    if (record == Record.NONE) {
      return false;
    }
    records.removals.remove(database, key, record);
    return true;
  }

  // ---- strings ----

  /// A view of a string, or null if there is no key.
  public @Nullable Bytes string(Key key) {
    long record = TypeCheck.string(records.read(database, key));
    return record == Record.NONE ? null : records.view(record);
  }

  /// As [#string], of one that all bytes of are going to be looked at.
  ///
  /// - throws [LongWorkException] if the command was asked to be brief and it is long.
  public @Nullable Bytes wholeString(Key key) {
    Bytes value = string(key);
    if (value != null) {
      records.brevity.weighBytes(value.length());
    }
    return value;
  }

  /// As [#string], but null for a value of another type, too.
  public @Nullable Bytes stringOrNull(Key key) {
    long record = records.read(database, key);
    return record == Record.NONE || Record.type(record) != ValueType.STRING.code()
        ? null
        : records.view(record);
  }

  /// Copies what a string has from `offset` on into `target`, at most as much as fits; returns how
  /// many bytes that was, 0 if there is no key. Makes no view: what is read in this way may be
  /// overwritten in place.
  public int copyRange(Key key, int offset, byte[] target) {
    long record = TypeCheck.string(records.read(database, key));
    int length = record == Record.NONE ? 0 : Record.valueLength(record);
    int count = Math.clamp((long) length - offset, 0, target.length);
    if (count > 0) {
      Record.value(record).copyTo(offset, target, 0, count);
    }
    return count;
  }

  /// The length of a string, 0 if there is no key.
  public int stringLength(Key key) {
    long record = TypeCheck.string(records.read(database, key));
    return record == Record.NONE ? 0 : Record.valueLength(record);
  }

  /// The integer a string is the decimal of, or `absent` if there is no key.
  public long int64(Key key, long absent) {
    long record = TypeCheck.string(records.read(database, key));
    return record == Record.NONE ? absent : Decimal.parse(Record.value(record));
  }

  /// Sets a string, replacing whatever was there.
  ///
  /// - `expiryMillis`: since 1970, [Record#NO_EXPIRY] or [#KEEP_EXPIRY]; a time that is not after
  ///   [#now] deletes the key.
  public void putString(Key key, Bytes value, long expiryMillis) {
    if (past(expiryMillis)) {
      delete(key);
      return;
    }
    records.strings.store(database, key, value, expiryMillis);
  }

  /// Sets a string to a decimal; the key keeps its expiry.
  public void putInt64(Key key, long value) {
    if (records.keepsEffects()) {
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
    records.reserve((long) key.bytes().length() + bytes.length());
    long old = TypeCheck.string(records.live(database, key));
    int length = old == Record.NONE ? 0 : Record.valueLength(old);
    int end = Math.max(length, offset + bytes.length());
    records.brevity.weighBytes(end - length);
    long record = records.strings.resize(database, key, old, end);
    Record.writeZeros(record, length, offset);
    Record.write(record, offset, bytes);
    Record.raw(record, true);
    accesses.wrote(record);
    if (records.keepsEffects()) {
      records.effect(new Effect.SetRange(keyspace.id(database), key.bytes(), offset, bytes));
    }
    return end;
  }

  /// Appends to a string and returns the new length; creates it if there is no key.
  public int append(Key key, Bytes bytes) {
    long record = TypeCheck.string(records.live(database, key));
    if (record == Record.NONE) {
      putString(key, bytes, Record.NO_EXPIRY);
      return bytes.length();
    }
    return setRange(key, Record.valueLength(record), bytes);
  }

  // ---- collections ----

  /// The hash at a key, to be read; an access.
  ///
  /// - throws [io.karst.base.CommandException] WRONGTYPE.
  public HashView hash(Key key) {
    return hash(key, records.read(database, key));
  }

  /// The hash at a key, to be changed.
  public HashView hashForUpdate(Key key) {
    return hash(key, records.live(database, key));
  }

  private HashView hash(Key key, long found) {
    return new HashView(records, engine.encodings(), database, key, found);
  }

  /// The set at a key, to be read; an access.
  ///
  /// - throws [io.karst.base.CommandException] WRONGTYPE.
  public SetView set(Key key) {
    return set(key, records.read(database, key));
  }

  /// The set at a key, to be changed.
  public SetView setForUpdate(Key key) {
    return set(key, records.live(database, key));
  }

  private SetView set(Key key, long found) {
    return new SetView(records, engine.encodings(), database, key, found);
  }

  /// The sorted set at a key, to be read; an access.
  ///
  /// - throws [io.karst.base.CommandException] WRONGTYPE.
  public SortedSetView sortedSet(Key key) {
    return sortedSet(key, records.read(database, key));
  }

  /// The sorted set at a key, to be changed.
  public SortedSetView sortedSetForUpdate(Key key) {
    return sortedSet(key, records.live(database, key));
  }

  private SortedSetView sortedSet(Key key, long found) {
    return new SortedSetView(records, engine.encodings(), database, key, found);
  }

  /// The list at a key, to be read; an access.
  ///
  /// - throws [io.karst.base.CommandException] WRONGTYPE.
  public ListView list(Key key) {
    return new ListView(records, engine.encodings(), database, key, records.read(database, key));
  }

  /// The list at a key, to be changed.
  public ListView listForUpdate(Key key) {
    return new ListView(records, engine.encodings(), database, key, records.live(database, key));
  }

  /// The stream at a key, to be read; an access.
  ///
  /// - throws [io.karst.base.CommandException] WRONGTYPE.
  public StreamView stream(Key key) {
    return new StreamView(records, database, key, records.read(database, key));
  }

  /// The stream at a key, to be changed.
  public StreamView streamForUpdate(Key key) {
    return new StreamView(records, database, key, records.live(database, key));
  }

  /// Removes what is due of the elements of a key that exists.
  void expireElements(Key key) {
    switch (ValueType.of(Record.type(records.existing(database, key)))) {
      case HASH, SET, SORTED_SET -> values.elementsForUpdate(key);
      case STRING, LIST, STREAM -> {}
    }
  }

  /// How keys are held and used.
  public KeyUsage usage() {
    return usage;
  }

  /// Whole values of any type.
  public Values values() {
    return values;
  }

  /// The keys of whole databases.
  public AllKeys all() {
    return all;
  }

  /// Changes the libraries of functions.
  public Libraries.Change libraries() {
    return new Libraries.Change(engine.libraries(), this, records);
  }

  /// Who waits for keys.
  public Waits waits() {
    return waits;
  }

  // ---- for the engine's own threads ----

  /// Takes keys out of memory, between transactions.
  Evictor evictor() {
    return evictor;
  }

  Records records() {
    return records;
  }

  Keyspace keyspace() {
    return keyspace;
  }

  Magazine magazine() {
    return records.magazine();
  }

  private boolean past(long expiryMillis) {
    return expiryMillis >= 0 && expiryMillis <= records.now();
  }
}
