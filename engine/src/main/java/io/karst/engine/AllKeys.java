package io.karst.engine;

import io.karst.base.Bytes;
import io.karst.base.Invariant;
import io.karst.engine.Counters.Counter;
import io.karst.history.Effect;
import io.karst.keyspace.Database;
import io.karst.keyspace.Key;
import io.karst.keyspace.Keyspace;
import io.karst.memory.Record;
import org.jspecify.annotations.Nullable;

/// The part of a [Tx] that is about whole databases: their size, their keys one after the other,
/// and what empties or exchanges them.
///
/// Whoever goes through keys holds no locks, and takes those of one slot at a time.
public final class AllKeys {
  private final Tx tx;
  private final Engine engine;
  private final Keyspace keyspace;
  private final SlotLocks locks;
  private final Records records;
  private final Walk walk;

  AllKeys(Tx tx, Engine engine, SlotLocks locks, Records records) {
    this.tx = tx;
    this.engine = engine;
    this.keyspace = engine.keyspace();
    this.locks = locks;
    this.records = records;
    this.walk = new Walk(engine, locks);
  }

  /// The number of keys in the transaction's database, those due and not yet removed included.
  public long size() {
    return size(tx.database());
  }

  public long size(int database) {
    tx.roams();
    Database data = keyspace.find(database);
    return data == null ? 0 : data.size();
  }

  /// The number of keys in the transaction's database that have an expiry.
  public long expiring() {
    tx.roams();
    return engine.expiring(tx.database());
  }

  /// Shows keys from a cursor on and returns the cursor to go on with, 0 at the end.
  ///
  /// A key that is there from the first call to the last is shown at least once. Locks one slot at
  /// a time; where one is not free within a moment, it may return early. May read from disk.
  ///
  /// - `count`: about how many keys to show, at least 1.
  /// - `onlySlot`: the slot to stay in, or -1 for all.
  public long scan(long cursor, int count, int onlySlot, KeyVisitor visitor) {
    tx.roams();
    return walk.scan(tx.database(), tx.now(), cursor, count, onlySlot, visitor);
  }

  /// Shows every key once, slot by slot, waiting for locks: not for event loops.
  public void forEach(int onlySlot, KeyVisitor visitor) {
    tx.roams();
    walk.forEach(tx.database(), tx.now(), onlySlot, visitor);
  }

  /// A copy of a key chosen at random, or null if there is none. May read from disk.
  public @Nullable Bytes random() {
    tx.roams();
    return walk.random(tx.database(), tx.now(), tx.random());
  }

  /// Whether asking for a range costs less than asking for all keys.
  public boolean ordered() {
    return engine.tiered();
  }

  /// Shows keys of a range in their order, as many as `limit` at most. Not for event loops.
  ///
  /// - `values`: whether the values of strings are wanted.
  public void range(
      KeyRange range, int limit, boolean reverse, boolean values, RangeVisitor visitor) {
    tx.roams();
    var search = new RangeWalk.Search(range, limit, reverse, values);
    new RangeWalk(engine, locks, tx, search, visitor).run();
  }

  /// Removes the keys of a range and returns how many. Each key is removed on its own: one that is
  /// made meanwhile may stay. Not for event loops.
  public long deleteRange(KeyRange range) {
    tx.roams();
    Database data = keyspace.find(tx.database());
    return data == null ? 0 : new RangeDelete(tx, engine, locks, data, range).run();
  }

  /// Empties a database; its memory is freed in the background. All slots are locked.
  public void flush(int emptied) {
    flush(emptied, keyspace.nextId());
  }

  /// As [#flush(int)], with the id of the empty database.
  void flush(int emptied, int freshId) {
    begin();
    int id = keyspace.id(emptied);
    Database data = keyspace.detach(emptied, freshId);
    if (data != null) {
      engine.freeInBackground(data);
    }
    engine.watches().emptied(emptied);
    records.events.changedAll();
    tx.waits().changedAll(emptied);
    if (records.keepsEffects()) {
      records.effect(new Effect.Flush(id, freshId));
    }
  }

  /// Exchanges two databases. All slots are locked.
  public void swap(int first, int second) {
    begin();
    if (records.keepsEffects()) {
      records.effect(new Effect.Swap(keyspace.id(first), keyspace.id(second)));
    }
    records.events.changedAll();
    engine.watches().swapped(first, second, key -> may(first, key), key -> may(second, key));
    keyspace.swap(first, second);
    tx.waits().changedAll(first);
    tx.waits().changedAll(second);
  }

  /// Whether a key may exist: where only the tier knows, it is not asked under all locks.
  private boolean may(int database, Key key) {
    Database data = keyspace.find(database);
    if (data == null) {
      return false;
    }
    key.hash(keyspace.hasher());
    long record = data.find(key);
    return record == Record.NONE
        ? data.cold(key.slot()) > 0
        : !Record.tombstone(record) && !Record.due(record, tx.now());
  }

  private void begin() {
    Invariant.check(!records.undo().active(), "a whole database cannot be taken back");
    Invariant.check(locks.holdsAll(), "a whole database is changed without all locks");
    records.reserve(0);
    records.changed();
    records.counters.add(Counter.CHANGES, 1);
  }
}
