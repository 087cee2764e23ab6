package io.karst.engine;

import io.karst.base.Bytes;
import io.karst.base.Fault;
import io.karst.history.Effect;
import io.karst.keyspace.Key;
import io.karst.memory.Record;
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
      int id = records.id(database);
      records.pin(body);
      records.effect(new Effect.Restore(id, key.bytes(), type.code(), body, expiryMillis));
    }
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

  /// Copies the value and the expiry of `source` to `target` in `targetDatabase`, replacing what
  /// is there; false if there is no source. Source and target are not the same key.
  public boolean copy(Key source, Key target, int targetDatabase) {
    long record = records.live(tx.database(), source);
    if (record == Record.NONE) {
      return false;
    }
    long expiry = Record.expiry(record);
    if (Record.type(record) == ValueType.STRING.code()) {
      boolean raw = Record.raw(record);
      Bytes value = records.view(record);
      Record.raw(records.strings().store(targetDatabase, target, value, expiry), raw);
    } else {
      Serialised copy = serialise(record, false);
      restore(targetDatabase, target, copy.type(), copy.body(), expiry);
    }
    return true;
  }
}
