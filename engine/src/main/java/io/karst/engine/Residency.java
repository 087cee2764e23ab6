package io.karst.engine;

import io.karst.base.Fault;
import io.karst.engine.Counters.Counter;
import io.karst.history.Effect;
import io.karst.keyspace.Database;
import io.karst.keyspace.Key;
import io.karst.keyspace.Keyspace;
import io.karst.lsm.Stored;
import io.karst.memory.Record;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Which of the keys that the tier has are in memory: brings them in, and drops them again.
///
/// Thread: its transaction's, under the locks of the keys it is given.
final class Residency {
  private final Engine engine;
  private final Keyspace keyspace;
  private final Records records;
  private @Nullable AmendedValue amendedBy;

  Residency(Engine engine, Records records) {
    this.engine = engine;
    this.keyspace = engine.keyspace();
    this.records = records;
  }

  /// Notes of a new record what the tier has of its key, and that it has not this.
  static void inherit(long fresh, long before) {
    if (before != Record.NONE) {
      Record.persistedAs(fresh, before);
    }
    Record.dirty(fresh, true);
  }

  /// Tells it who applies amendments, once.
  void amendedBy(AmendedValue applying) {
    amendedBy = applying;
  }

  /// Puts a key of a locked slot into memory as the tier has it, and returns its record.
  ///
  /// - throws [io.karst.base.Fault.OutOfMemory].
  long load(int database, Key key, Stored stored) {
    records.changed();
    long record = StoredValues.toRecord(records.codec(), records.magazine(), key.bytes(), stored);
    try {
      keyspace.database(database).load(records.magazine(), key, record);
    } catch (Fault.OutOfMemory full) {
      engine.values().free(records.magazine(), record);
      throw full;
    }
    if (stored.amended() != null) {
      record = amend(database, key, stored, Record.access(record));
    }
    if (Record.isObject(record)) {
      records.large().amending().resume(engine.values().of(record), stored);
    }
    engine.following().loaded(stored.lsn());
    return record;
  }

  /// Whatever went wrong, nobody is to see a value that is made in part, nor the tier to get it.
  private void dropHalf(Database data, Key key) {
    long record = data.find(key);
    data.dirty(key.slot(), record, false);
    data.drop(records.magazine(), key, record);
    records.retire(record);
  }

  /// Applies what the tier has beside a value; the record, which may be another then.
  private long amend(int database, Key key, Stored stored, int access) {
    Database data = keyspace.database(database);
    boolean whole = false;
    try {
      Objects.requireNonNull(amendedBy)
          .apply(database, key, Objects.requireNonNull(stored.amended()));
      whole = true;
    } finally {
      if (!whole) {
        dropHalf(data, key);
      }
    }
    long record = data.find(key);
    data.dirty(key.slot(), record, false);
    Record.persisted(record, true, stored.expires(), stored.isListed());
    Record.access(record, access);
    return record;
  }

  /// Drops a clean record of a locked slot from memory: the tier has it. False if it is dirty.
  boolean spill(int database, Key key, long record) {
    if (!engine.tiered()
        || Record.dirty(record)
        || !Record.persisted(record)
        || engine.busy(key.slot())) {
      return false;
    }
    records.changed();
    keyspace.database(database).drop(records.magazine(), key, record);
    records.retire(record);
    records.counters.add(Counter.SPILLED, 1);
    return true;
  }

  /// Removes a key that is due and only in the tier, whose value is not read. Under its slot's
  /// lock.
  void expireCold(int database, Key key) {
    records.aside(
        () -> records.events.as(KeyEvent.EXPIRED, () -> removeCold(database, key, true, true)));
    records.counters.add(Counter.EXPIRED, 1);
  }

  /// As [Records#remove], of a key that is only in the tier, whose value is not read.
  ///
  /// - `indexed`, `listed`: see [Record#indexed], [Record#listed].
  void removeCold(int database, Key key, boolean indexed, boolean listed) {
    records.reserve(key.bytes().length());
    buryCold(database, key, indexed, listed);
    records.mutated(database, key, true);
    if (records.keepsEffects()) {
      records.effect(new Effect.Delete(keyspace.id(database), key.bytes()));
    }
  }

  /// Puts a tombstone into memory for a key that is only in the tier, whose value is not read.
  /// Under its slot's lock; no effect.
  ///
  /// - `indexed`, `listed`: see [Record#indexed], [Record#listed].
  /// - throws [io.karst.base.Fault.OutOfMemory]; nothing is changed then.
  void buryCold(int database, Key key, boolean indexed, boolean listed) {
    records.changed();
    Database data = keyspace.database(database);
    long tombstone = Record.createTombstone(records.magazine(), key.bytes());
    Record.persisted(tombstone, true, indexed, listed);
    try {
      data.load(records.magazine(), key, tombstone);
    } catch (Fault.OutOfMemory full) {
      Record.free(records.magazine(), tombstone);
      throw full;
    }
    data.dirty(key.slot(), tombstone, true);
  }
}
