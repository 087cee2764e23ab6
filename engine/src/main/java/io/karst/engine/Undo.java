package io.karst.engine;

import io.karst.base.Fault;
import io.karst.base.Invariant;
import io.karst.engine.Counters.Counter;
import io.karst.history.Effect;
import io.karst.keyspace.Database;
import io.karst.keyspace.Key;
import io.karst.keyspace.Keyspace;
import io.karst.memory.Limit;
import io.karst.memory.Record;
import io.karst.value.RdbType;
import io.karst.value.RdbWriter;
import org.jspecify.annotations.Nullable;

/// What a transaction can be taken back to, key by key.
///
/// *How it works.* Before a key may be changed for the first time, a copy of its record takes its
/// place in the table, and the original is put aside as it is: with its value, its form, its flags.
/// All changes are the copy's. To take them back, the original goes into the table again, which
/// needs no memory but perhaps the table's, for which the limit is passed. When the transaction
/// ends well the originals are freed.
///
/// *What stays.* Keys and elements that were due are removed, whoever comes upon them: that is no
/// doing of the transaction, and their effects go to the log either way. Whatever else it has made
/// of effects is forgotten.
///
/// *Cost.* The memory of each key that may be changed, once more, until the end; of a large
/// collection the time to write and to read it, too.
///
/// Thread: its transaction's, under the locks of the keys it is given.
final class Undo {
  private static final int CAPACITY = 64;

  private final Engine engine;
  private final Keyspace keyspace;
  private final Records records;
  private final SavedKeys saved = new SavedKeys();
  private boolean active;
  private long changes;

  /// What is asked before a large value would have to be copied; null if it just is.
  private @Nullable Runnable beforeLarge;

  Undo(Engine engine, Records records) {
    this.engine = engine;
    this.keyspace = engine.keyspace();
    this.records = records;
  }

  /// Whether the transaction may be taken back.
  boolean active() {
    return active;
  }

  /// Lets the transaction be taken back. It has changed nothing so far.
  void begin() {
    begin(null);
  }

  /// As the other.
  ///
  /// - `large`: run before a key with a large value is changed, which is not copied: ends what
  ///   there is with [#commit], so that nothing is taken back any more, or throws; nothing of the
  ///   key has changed then.
  void begin(@Nullable Runnable large) {
    active = true;
    beforeLarge = large;
    changes = records.counters.count(Counter.CHANGES);
  }

  /// Prepares a key, which is live or not there, to be changed.
  ///
  /// - `key`: just looked for.
  /// - `live`: what was found.
  /// - returns: the record that may be changed, or [Record#NONE].
  /// - throws [Fault.OutOfMemory]; nothing has changed then.
  long save(int database, Key key, long live) {
    if (saved.find(database, key) != null) {
      return live;
    }
    Database data = keyspace.find(database);
    long original = live == Record.NONE && data != null ? data.find(key) : live;
    Runnable asked = beforeLarge;
    if (asked != null && original != Record.NONE && Record.isObject(original)) {
      asked.run();
      Invariant.check(!active, "a large value is changed that could not be taken back");
      return live;
    }
    long copy = Record.NONE;
    if (data != null && original != Record.NONE) {
      copy = copy(original, key);
      try {
        data.replace(records.magazine(), key, original, copy);
      } catch (Fault.OutOfMemory full) {
        engine.values().free(records.magazine(), copy);
        throw full;
      }
    }
    saved.add(database, key, original, records.effects().count());
    return live == Record.NONE ? Record.NONE : copy;
  }

  /// The same record in another block, of which the tier knows as much.
  private long copy(long original, Key key) {
    long copy =
        Record.isObject(original)
            ? copyObject(original, key)
            : Record.withExpiry(records.magazine(), original, Record.expiry(original));
    Record.persistedAs(copy, original);
    Record.dirty(copy, Record.dirty(original));
    return copy;
  }

  private long copyObject(long original, Key key) {
    RdbWriter out = new RdbWriter(CAPACITY);
    RdbType type = records.codec().write(original, out, false);
    return records
        .codec()
        .read(type, out.bytes(), key.bytes(), Record.expiry(original), Record.access(original));
  }

  /// Notes that a key has changed; false if that is no doing of the transaction, as it is not
  /// prepared for that.
  boolean changed(int database, Key key) {
    key.hash(keyspace.hasher());
    SavedKeys.Saved entry = saved.find(database, key);
    if (entry == null) {
      return false;
    }
    entry.changed = true;
    return true;
  }

  /// The transaction ends well: what it has changed is seen by those who watch.
  void commit() {
    for (int i = 0; i < saved.count(); i++) {
      SavedKeys.Saved entry = saved.at(i);
      if (entry.original != Record.NONE) {
        records.retire(entry.original);
      }
      if (entry.changed) {
        engine.watches().changed(entry.database, entry.key);
      }
    }
    end();
  }

  /// Takes everything back. Does not fail.
  void rollback() {
    records.magazine().limit(Limit.PASSED);
    for (int i = saved.count() - 1; i >= 0; i--) {
      restore(saved.at(i));
    }
    records.changed();
    records.effects().keep(this::isNotOurs);
    long now = records.counters.count(Counter.CHANGES);
    records.counters.add(Counter.CHANGES, changes - now);
    end();
  }

  private void restore(SavedKeys.Saved entry) {
    Key key = entry.key;
    Database data = keyspace.find(entry.database);
    long standing = data == null ? Record.NONE : data.find(key);
    if (data == null || (standing == Record.NONE && entry.original == Record.NONE)) {
      Invariant.check(entry.original == Record.NONE, "a database is gone that cannot be");
      return;
    }
    if (standing == Record.NONE) {
      data.add(records.magazine(), key, entry.original);
      return;
    }
    if (entry.original == Record.NONE) {
      data.remove(records.magazine(), key, standing);
    } else {
      data.replace(records.magazine(), key, standing, entry.original);
    }
    records.retire(standing);
  }

  /// Whether an effect is not one of the changes that are taken back.
  private boolean isNotOurs(int index, Effect effect) {
    if (!(effect instanceof Effect.OnKey onKey)) {
      return false;
    }
    Key key = Key.of(onKey.key());
    key.hash(keyspace.hasher());
    SavedKeys.Saved entry = saved.find(keyspace.indexOf(onKey.database()), key);
    return entry == null || index < entry.effects;
  }

  private void end() {
    saved.clear();
    beforeLarge = null;
    active = false;
  }
}
