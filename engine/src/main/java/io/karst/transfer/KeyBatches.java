package io.karst.transfer;

import io.karst.base.Limits;
import io.karst.engine.Tx;
import io.karst.keyspace.Key;
import java.util.ArrayList;
import java.util.List;

/// The keys of a database, slot by slot, some at a time under their locks, so that nobody waits for
/// all of them. Every key that is there from the beginning to the end is among them, once.
///
/// Memory: the names of the keys of a slot.
final class KeyBatches {
  private static final int BATCH = 32;

  private KeyBatches() {}

  /// What is done with some keys, under their locks; some may have gone meanwhile.
  interface Visitor {
    void visit(Key[] keys);
  }

  /// Shows all keys of the transaction's database.
  ///
  /// - `tx`: holds no lock, or all. Not for event loops.
  static void forEach(Tx tx, Visitor visitor) {
    for (int slot = 0; slot < Limits.SLOTS; slot++) {
      List<Key> keys = new ArrayList<>();
      tx.all().forEach(slot, (key, type, expiryMillis) -> keys.add(Key.of(key.copy())));
      for (int i = 0; i < keys.size(); i += BATCH) {
        Key[] batch = keys.subList(i, Math.min(keys.size(), i + BATCH)).toArray(Key[]::new);
        tx.step(batch, () -> visitor.visit(batch));
      }
    }
  }
}
