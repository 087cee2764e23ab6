package io.karst.engine;

import io.karst.base.Bytes;
import io.karst.base.Fault;
import io.karst.base.HeapBytes;
import io.karst.base.Invariant;
import io.karst.engine.Counters.Counter;
import io.karst.history.Effect;
import io.karst.history.Log;
import io.karst.keyspace.Database;
import io.karst.keyspace.Key;
import io.karst.keyspace.Keyspace;
import io.karst.memory.Limit;
import io.karst.memory.Magazine;
import io.karst.memory.Record;
import io.karst.value.ValueType;
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
  private final ColdKeys cold;
  private final Residency residency;
  final StringRecords strings = new StringRecords(this);
  private final LargeRecords large;
  private final ValueCodec codec;
  final Removals removals;
  final KeyExpiry expiry;
  final PackedEditor packed = new PackedEditor(this);
  final NodeEditor nodes = new NodeEditor(this);
  private final boolean keepsEffects;

  /// Whether there is a disk tier, which has to learn of every change.
  private final boolean tiered;

  private final Effects effects;
  private final Retired retired = new Retired();
  private final BigKeys.Watch sizes;
  private final Watches watches;
  private final Undo undo;
  final ReadyQueues ready;
  final Accesses accesses;
  final Counters counters = new Counters();
  final Brevity brevity = new Brevity(this);
  final KeyEvents events;

  private long now;

  /// Whether what is changed is made what it was: no change to anybody.
  private boolean quiet;

  /// Whether the current command holds views, so that nothing may be overwritten in place.
  private boolean viewed;

  /// Whether an effect holds a view, so that the same goes until the transaction ends.
  private boolean pinned;

  private boolean touches;

  /// Whether the current command has changed anything: the rest of it must not fail for want of
  /// memory then.
  private boolean mutated;

  /// Whether what happens is no doing of the command's.
  private boolean aside;

  /// Whether the commands up to the end of the transaction are one, and are not taken back.
  private boolean asOne;

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
    this.residency = new Residency(engine, this);
    this.removals = new Removals(engine, this);
    this.expiry = new KeyExpiry(engine, this);
    this.undo = new Undo(engine, this);
    this.watches = engine.watches();
    this.sizes = engine.bigKeys().newWatch();
    this.events = new KeyEvents(engine.observers());
    this.large = new LargeRecords(engine, this);
    this.codec = new ValueCodec(engine, magazine);
    this.ready = new ReadyQueues(engine.waiters());
    this.effects = new Effects(engine.values(), log);
    this.keepsEffects = log.keeps();
    this.tiered = engine.tiered();
  }

  /// A new transaction, at a time.
  void begin(long nowMillis) {
    now = nowMillis;
    accesses.begin(nowMillis);
    pinned = false;
    asOne = false;
    effects.room().reset();
    cold.forget();
    events.begin(null, 0);
  }

  /// The next command: see [Tx#next].
  void next() {
    viewed = pinned;
    touches = true;
    brevity.next();
    foundKey = null;
    if (!asOne) {
      mutated(false);
      effects.room().next();
    }
  }

  /// Whether the commands from the next on are one: once one of them has changed anything, none is
  /// to fail for want of memory, and what was reserved ahead is for all of them.
  void asOne(boolean on) {
    asOne = on;
  }

  /// See [Tx#told].
  void told() {
    mutated(true);
  }

  /// What the transaction can be taken back to.
  Undo undo() {
    return undo;
  }

  /// See [Tx#rollback].
  void rollback() {
    undo.rollback();
    mutated = false;
    limit();
  }

  void touches(boolean on) {
    touches = on;
  }

  /// What the limit of memory means from now on to commands that have changed nothing yet.
  void limit(Limit newLimit) {
    limit = newLimit;
    limit();
  }

  /// Whether the limit holds.
  boolean keepsLimit() {
    return limit == Limit.KEPT;
  }

  /// Lets it mean to the magazine what it means to the current command.
  void limit() {
    magazine.limit(mutated && limit == Limit.KEPT ? Limit.PASSED : limit);
  }

  /// Counts a change of a key, which may be gone by it, and notes who waits for it.
  void mutated(int database, Key key, boolean gone) {
    if (quiet) {
      return;
    }
    events.changed(database, key, gone);
    counters.add(Counter.CHANGES, 1);
    mutated(true);
    ready.changed(database, key);
    if (!undo.active()) {
      watches.changed(database, key);
    } else if (!undo.changed(database, key)) {
      Invariant.check(aside, "a change that could not be taken back");
      watches.changed(database, key);
    }
  }

  private void mutated(boolean on) {
    if (mutated != on) {
      mutated = on;
      limit();
    }
  }

  /// What the history gets at the end.
  Effects effects() {
    return effects;
  }

  /// See [Tx#unchanged].
  boolean unchanged() {
    return !mutated;
  }

  /// What only the tier has.
  ColdKeys cold() {
    return cold;
  }

  /// What is in memory of what the tier has.
  Residency residency() {
    return residency;
  }

  ValueCodec codec() {
    return codec;
  }

  LargeRecords large() {
    return large;
  }

  /// Makes sure that a change of `size` bytes can be kept, before anything is changed.
  ///
  /// - throws [io.karst.base.Fault.ReadOnly].
  void reserve(long size) {
    if (keepsEffects()) {
      effects.room().reserve(size);
    }
  }

  /// As [#reserve], of `count` changes of `size` bytes in all, before the first of them.
  void reserveAll(int count, long size) {
    if (keepsEffects()) {
      effects.room().reserveAll(count, size);
    }
  }

  /// Frees what was replaced and removed. After the locks, which it needs no more.
  void finish() {
    retired.free(magazine, engine);
    cold.finish();
  }

  void close() {
    effects.close();
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
    return keepsEffects && !quiet;
  }

  /// Whether what happens makes a value what it was; see [#quietly].
  boolean quiet() {
    return quiet;
  }

  int id(int database) {
    return keyspace.id(database);
  }

  /// Whether the store follows another: then nothing changes by itself.
  boolean follows() {
    return engine.following().on();
  }

  /// Notes a change, which is none within a value: see [#effect(long, Effect.OnKey)].
  void effect(Effect effect) {
    effects.add(effect);
  }

  /// As [#effect(Effect)], of a change that has happened to the value of a record.
  void effect(long record, Effect.OnKey effect) {
    effects.add(record, effect, large.amending());
  }

  /// Keeps what an effect holds a view of as it is until the transaction ends.
  void pin(Bytes bytes) {
    pinned |= !(bytes instanceof HeapBytes);
  }

  /// The record of a key that is not due, or [Record#NONE]; a due one is removed. For who may
  /// change it.
  long live(int database, Key key) {
    long record = look(database, key);
    if (undo.active() && !quiet) {
      record = undo.save(database, key, record);
      found = record;
    }
    return record;
  }

  /// As [#live], for who does not change it.
  long look(int database, Key key) {
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
      removals.expired(database, key, record);
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
    long record = look(database, key);
    counters.add(record == Record.NONE ? Counter.MISSES : Counter.HITS, 1);
    if (record == Record.NONE) {
      events.missed(database, key);
    } else if (touches) {
      accesses.read(record);
    }
    return record;
  }

  /// As [#live], of a key that is known to exist.
  long existing(int database, Key key) {
    long record = live(database, key);
    Invariant.check(record != Record.NONE, "a key that exists is gone within its transaction");
    return record;
  }

  /// A view of the value, good until the transaction ends.
  Bytes view(long record) {
    viewed = true;
    return Record.value(record);
  }

  /// Notes that the command holds a view of some record.
  void viewed() {
    viewed = true;
  }

  /// Whether nothing may be overwritten in place.
  boolean mayOverwrite() {
    return !viewed;
  }

  /// Frees a record that is out of its table, but not its value, when the transaction has ended.
  void retireAlone(long record) {
    retired.add(record);
  }

  /// Frees a record that is out of its table, with its value, when the transaction has ended.
  void retire(long record) {
    retireValue(record);
    retired.add(record);
  }

  /// As [#retire], of the value alone, if the record stands for one.
  void retireValue(long record) {
    if (Record.isObject(record)) {
      retired.add(engine.values().remove(Record.object(record)));
    }
  }

  /// Does what is no doing of the command's: the time has come for it.
  void aside(Runnable change) {
    boolean before = mutated;
    aside = true;
    try {
      events.aside(change);
    } finally {
      aside = false;
    }
    mutated(before);
  }

  /// Makes another form of the same value: no change that counts.
  void reform(Runnable change) {
    long before = counters.count(Counter.CHANGES);
    events.reform(change);
    counters.add(Counter.CHANGES, before - counters.count(Counter.CHANGES));
  }

  /// Lets `change` make a value what it was: the clock stands at the beginning of time, no effect
  /// is made, nothing is counted, and nobody is told.
  void quietly(Runnable change) {
    long nowBefore = now;
    boolean viewedBefore = viewed;
    quiet = true;
    now = 0;
    changed();
    try {
      change.run();
    } finally {
      quiet = false;
      now = nowBefore;
      viewed = viewedBefore;
      changed();
    }
  }

  /// Notes that a record was changed in its own block.
  void dirty(int database, Key key, long record) {
    mutated(database, key, false);
    sizes.changed(database, key, record);
    if (tiered) {
      keyspace.database(database).dirty(key.slot(), record, true);
      if (!keepsEffects && Record.isObject(record)) {
        large.amending().forget(engine.values().of(record));
      }
    }
  }

  /// A record for a new value of a key, which has the accesses of `old`, if there is one.
  long create(Key key, ValueType type, int length, long expiryMillis, long old) {
    int access = accesses.word(old);
    return Record.create(magazine, key.bytes(), type.code(), length, expiryMillis, access);
  }

  /// Puts `fresh` in the place of `old`, if there is one, which goes. If that fails, `fresh` is
  /// freed and nothing has changed.
  void install(int database, Key key, long old, long fresh) {
    long before = replace(database, key, old, fresh);
    if (before != Record.NONE) {
      retire(before);
    }
  }

  /// As [#install], and returns what has stood there, which the caller retires.
  long replace(int database, Key key, long old, long fresh) {
    changed();
    Database data = keyspace.database(database);
    long before = standing(data, key, old);
    if (tiered) {
      Residency.inherit(fresh, before);
    }
    try {
      if (before == Record.NONE) {
        data.add(magazine, key, fresh);
      } else {
        data.replace(magazine, key, before, fresh);
      }
    } catch (Fault.OutOfMemory full) {
      Record.free(magazine, fresh);
      throw full;
    }
    if (!quiet) {
      events.put(database, key, before);
    }
    mutated(database, key, false);
    sizes.placed(database, key, fresh);
    return before;
  }
}
