package io.karst.engine;

import io.karst.keyspace.Key;
import io.karst.memory.Record;
import org.jspecify.annotations.Nullable;

/// How a key is held in memory, and how much it is used: what operators ask, and what travels with
/// a key. Thread: its transaction's, under the locks of the keys it is given.
public final class KeyUsage {
  private final Engine engine;
  private final Tx tx;
  private final Accesses accesses;
  private final Records records;

  KeyUsage(Engine engine, Tx tx, Accesses accesses, Records records) {
    this.engine = engine;
    this.tx = tx;
    this.accesses = accesses;
    this.records = records;
  }

  /// Whether accesses are counted: then keys have a [#frequency], and otherwise an [#idleMillis].
  public boolean countsAccesses() {
    return accesses.counted();
  }

  /// Milliseconds since the last access, -1 if there is no key. Not an access.
  public long idleMillis(Key key) {
    long record = records.look(tx.database(), key);
    return record == Record.NONE ? -1 : accesses.idleMillis(record);
  }

  /// Lets the last access of a key that exists lie so far back.
  public void idle(Key key, long idleMillis) {
    accesses.idle(records.existing(tx.database(), key), idleMillis);
  }

  /// How often a key is used, on a logarithmic scale up to 255; -1 if there is no key. Not an
  /// access.
  public int frequency(Key key) {
    long record = records.look(tx.database(), key);
    return record == Record.NONE ? -1 : accesses.frequency(record);
  }

  /// Lets a key that exists be used as often as `counter` says.
  public void frequency(Key key, int counter) {
    accesses.frequency(records.existing(tx.database(), key), counter);
  }

  /// The name `OBJECT ENCODING` answers, or null if there is no key. Not an access.
  public @Nullable String encoding(Key key) {
    long record = records.look(tx.database(), key);
    return record == Record.NONE ? null : Forms.redisName(record, engine);
  }

  /// Bytes of native memory a key takes, its word in the table included, or -1 if there is none.
  public long memory(Key key) {
    long record = records.look(tx.database(), key);
    return record == Record.NONE ? -1 : engine.values().bytes(record) + Long.BYTES;
  }
}
