package io.karst.engine;

import io.karst.base.Bytes;
import io.karst.keyspace.Key;
import io.karst.memory.Record;
import io.karst.value.ValueType;

/// Puts empty values of types into a store that no command makes yet, for tests of WRONGTYPE.
public final class Planter {
  private Planter() {}

  /// Plants a value at a key that does not exist, in database 0.
  public static void plant(Engine engine, Tx tx, Bytes name, ValueType type) {
    Key key = Key.of(name);
    tx.begin(0, 0);
    tx.slots().add(key.slot());
    tx.lock();
    try {
      long record = Record.create(tx.magazine(), name, type.code(), 0, Record.NO_EXPIRY, 0);
      key.hash(engine.keyspace().hasher());
      engine.keyspace().database(0).add(tx.magazine(), key, record);
    } finally {
      tx.end();
    }
  }
}
