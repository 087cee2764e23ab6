package io.karst.engine;

import io.karst.base.Fault;
import io.karst.engine.Counters.Counter;
import io.karst.history.Effect;
import io.karst.keyspace.Database;
import io.karst.keyspace.Key;
import io.karst.keyspace.Keyspace;
import io.karst.memory.Record;

/// Takes records out of memory for good, so that the disk tier learns of it.
///
/// Thread: its transaction's, under the locks of the keys it is given.
final class Removals {
  private final Engine engine;
  private final Keyspace keyspace;
  private final Records records;

  Removals(Engine engine, Records records) {
    this.engine = engine;
    this.keyspace = engine.keyspace();
    this.records = records;
  }

  /// Removes a record that is due. If the disk takes no more changes, or the store follows another,
  /// it stays, unseen: false.
  boolean expired(int database, Key key, long record) {
    if (records.follows()) {
      return false;
    }
    try {
      // It is none of the command's doing.
      records.aside(() -> records.events.as(KeyEvent.EXPIRED, () -> remove(database, key, record)));
    } catch (Fault.ReadOnly full) {
      return false;
    }
    records.counters.add(Counter.EXPIRED, 1);
    return true;
  }

  /// Removes a record of a locked slot to make room.
  void evict(int database, Key key, long record) {
    records.events.as(KeyEvent.EVICTED, () -> remove(database, key, record));
    records.counters.add(Counter.EVICTED, 1);
  }

  void remove(int database, Key key, long record) {
    records.reserve(key.bytes().length());
    removeReserved(database, key, record);
  }

  /// As [#remove], when the change has been reserved; does not fail.
  void removeReserved(int database, Key key, long record) {
    if (records.quiet()) {
      throw AmendedValue.malformed(key); // A key that is gone has no value to be rebuilt.
    }
    records.changed();
    records.mutated(database, key, true);
    Database data = keyspace.database(database);
    if (engine.tiered() && (Record.persisted(record) || engine.busy(key.slot()))) {
      bury(data, key, record);
    } else {
      data.remove(records.magazine(), key, record);
      records.retire(record);
    }
    if (records.keepsEffects()) {
      records.effect(new Effect.Delete(keyspace.id(database), key.bytes()));
    }
  }

  /// Puts a tombstone in the place of a record, so that the tier will learn of the removal.
  private void bury(Database data, Key key, long record) {
    long tombstone;
    try {
      tombstone = Record.createTombstone(records.magazine(), key.bytes());
    } catch (Fault.OutOfMemory full) {
      records.retireValue(record);
      data.bury(key, record); // Its memory comes free with the next checkpoint.
      return;
    }
    Residency.inherit(tombstone, record);
    data.replace(records.magazine(), key, record, tombstone);
    records.retire(record);
  }
}
