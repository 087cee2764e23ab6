package io.karst.engine;

import io.karst.base.Bytes;
import io.karst.base.CommandException;
import io.karst.base.Fault;
import io.karst.history.Effect;
import io.karst.keyspace.Key;
import io.karst.memory.Record;
import io.karst.value.Encodings;
import io.karst.value.LargeValue;
import io.karst.value.RdbType;
import io.karst.value.RdbWriter;
import io.karst.value.ValueType;
import org.jspecify.annotations.Nullable;

/// Values as a whole, whatever their type: copied, serialised, and made of their serialised form.
///
/// Thread: its transaction's, under the locks of the keys it is given.
public final class Values {
  private static final int CAPACITY = 64;

  private final Engine engine;
  private final Tx tx;
  private final Records records;

  Values(Engine engine, Tx tx, Records records) {
    this.engine = engine;
    this.tx = tx;
    this.records = records;
  }

  /// The serialised form of a value.
  ///
  /// - `type`: the way it is written.
  /// - `body`: on the heap.
  public record Serialised(RdbType type, Bytes body) {}

  /// The value of a key, serialised as for other servers; null if there is none. An access.
  public @Nullable Serialised dump(Key key) {
    long record = records.read(tx.database(), key);
    return record == Record.NONE ? null : serialise(record, true);
  }

  private Serialised serialise(long record, boolean compresses) {
    RdbWriter out = new RdbWriter(CAPACITY);
    RdbType type = records.codec().write(record, out, compresses);
    return new Serialised(type, out.bytes());
  }

  /// Makes a serialised value that of a key, replacing whatever was there.
  ///
  /// - `expiryMillis`: since 1970, or [Record#NO_EXPIRY]; a time that is not after [Tx#now] deletes
  ///   the key.
  /// - throws [io.karst.base.CommandException] if it is malformed; the key is unchanged then.
  public void restore(Key key, RdbType type, Bytes body, long expiryMillis) {
    restore(tx.database(), key, type, body, expiryMillis);
  }

  private void restore(int database, Key key, RdbType type, Bytes body, long expiryMillis) {
    records.reserve((long) key.bytes().length() + body.length());
    long old = records.live(database, key);
    int access = records.accesses.word(old);
    long fresh = records.codec().read(type, body, key.bytes(), expiryMillis, access);
    if (expiryMillis >= 0 && expiryMillis <= records.now()) {
      engine.values().free(records.magazine(), fresh); // It was well-formed: that is all.
      tx.delete(key);
      return;
    }
    install(database, key, old, fresh);
    if (records.keepsEffects()) {
      records.pin(body);
      records.effect(restoring(database, key, new Serialised(type, body), expiryMillis));
    }
  }

  /// A sorted set to be made, of members that are known one by one.
  public SortedSetBuilder newSortedSet() {
    return new SortedSetBuilder(engine, records.magazine());
  }

  /// The elements at a key, whatever collection it is, to be changed; null if there is no key.
  ///
  /// - throws [CommandException] WRONGTYPE if what is there has no elements that are each there
  ///   once.
  public @Nullable Elements elementsForUpdate(Key key) {
    ValueType type = tx.type(key);
    if (type == null) {
      return null;
    }
    return switch (type) {
      case HASH -> tx.hashForUpdate(key);
      case SET -> tx.setForUpdate(key);
      case SORTED_SET -> tx.sortedSetForUpdate(key);
      case STRING, LIST, STREAM -> throw CommandException.wrongType();
    };
  }

  /// Makes sure that the history takes `count` changes of `size` bytes of keys and values in all,
  /// so that none of them fails for want of that.
  ///
  /// - throws [Fault.ReadOnly].
  public void reserve(int count, long size) {
    records.reserveAll(count, size);
  }

  /// Up to what size values are packed.
  public Encodings encodings() {
    return engine.encodings();
  }

  /// A set to be made, of members that are known one by one, and to be closed.
  ///
  /// - `key`: what it is for; any for one that is for none.
  public ElementsBuilder newSet(Bytes key) {
    return ElementsBuilder.set(engine, records.magazine(), key);
  }

  /// Makes a value that of a key, for good, replacing whatever was there; without an element it
  /// deletes the key. Returns the number of elements.
  ///
  /// - throws [Fault]; the key is unchanged then.
  public int put(Key key, ValueBuilder value) {
    int count = value.count();
    if (count == 0) {
      tx.delete(key);
      return 0;
    }
    int database = tx.database();
    long old = records.live(database, key);
    long fresh = value.finish(key.bytes(), Record.NO_EXPIRY, records.accesses.word(old));
    Effect effect = null;
    if (records.keepsEffects()) {
      try {
        effect = effect(database, key, fresh);
      } catch (Fault | CommandException full) {
        engine.values().free(records.magazine(), fresh);
        throw full;
      }
    }
    install(database, key, old, fresh);
    if (effect != null) {
      records.effect(effect);
    }
    return count;
  }

  /// The effect that a record has become that of a key, for which there is room in the history.
  private Effect effect(int database, Key key, long record) {
    Serialised value = serialise(record, false);
    records.reserve((long) key.bytes().length() + value.body().length());
    return restoring(database, key, value, Record.NO_EXPIRY);
  }

  private Effect restoring(int database, Key key, Serialised value, long expiryMillis) {
    int code = value.type().code();
    return new Effect.Restore(records.id(database), key.bytes(), code, value.body(), expiryMillis);
  }

  private void install(int database, Key key, long old, long fresh) {
    long object = Record.isObject(fresh) ? Record.object(fresh) : -1;
    try {
      records.install(database, key, old, fresh);
    } catch (Fault.OutOfMemory full) {
      if (object >= 0) {
        LargeValue value = engine.values().remove(object);
        value.free(records.magazine());
      }
      throw full;
    }
  }

  /// Gives the value and the expiry of `source` to `target` in `targetDatabase`, replacing what is
  /// there; false if there is no source. Source and target are not the same key.
  ///
  /// A large value is not copied. The history gets it as a whole all the same, as an effect depends
  /// on no other key than its own.
  public boolean move(Key source, Key target, int targetDatabase) {
    int database = tx.database();
    boolean[] moved = {false};
    records.events.unnamed(() -> moved[0] = moveUnnamed(database, source, target, targetDatabase));
    if (moved[0]) {
      boolean renames = database == targetDatabase;
      KeyEvent from = renames ? KeyEvent.RENAME_FROM : KeyEvent.MOVE_FROM;
      KeyEvent to = renames ? KeyEvent.RENAME_TO : KeyEvent.MOVE_TO;
      records.events.happened(database, source, from);
      records.events.happened(targetDatabase, target, to);
    }
    return moved[0];
  }

  private boolean moveUnnamed(int database, Key source, Key target, int targetDatabase) {
    long record = records.live(database, source);
    if (record == Record.NONE || !Record.isObject(record)) {
      return copy(source, target, targetDatabase) && tx.delete(source);
    }
    Serialised value = null;
    if (records.keepsEffects()) {
      weigh(record);
      value = serialise(record, false);
      long keys = (long) source.bytes().length() + target.bytes().length();
      records.reserveAll(2, keys + value.body().length());
    }
    long expiryMillis = Record.expiry(record);
    records.large().give(record, targetDatabase, target);
    if (value != null) {
      records.effect(restoring(targetDatabase, target, value, expiryMillis));
    }
    records.removals.removeReserved(database, source, record);
    return true;
  }

  /// The whole of a value is about to be looked at.
  private void weigh(long record) {
    if (Record.isObject(record)) {
      records.brevity.weigh(engine.values().of(record).count());
    } else {
      records.brevity.weighBytes(Record.valueLength(record));
    }
  }

  /// Copies the value and the expiry of `source` to `target` in `targetDatabase`, replacing what
  /// is there; false if there is no source. Source and target are not the same key.
  public boolean copy(Key source, Key target, int targetDatabase) {
    long record = records.look(tx.database(), source);
    if (record == Record.NONE) {
      return false;
    }
    weigh(record);
    records.events.act(KeyEvent.COPY_TO);
    long expiry = Record.expiry(record);
    if (Record.type(record) == ValueType.STRING.code()) {
      boolean raw = Record.raw(record);
      Bytes value = records.view(record);
      Record.raw(records.strings.store(targetDatabase, target, value, expiry), raw);
    } else {
      Serialised copy = serialise(record, false);
      restore(targetDatabase, target, copy.type(), copy.body(), expiry);
    }
    return true;
  }
}
