package io.karst.engine;

import io.karst.base.Bytes;
import io.karst.history.Effect;
import io.karst.history.KeyEffects;
import io.karst.keyspace.Key;
import io.karst.lsm.Amended;
import io.karst.lsm.DamagedException;

/// Makes of a value as the disk tier once got it, which is in memory now, what it was when the tier
/// was last told of it: applies what the tier has beside it.
///
/// Thread: its transaction's, under the lock of the key.
final class AmendedValue {
  private final Tx tx;
  private final Replay replay;

  AmendedValue(Tx tx) {
    this.tx = tx;
    this.replay = new Replay(tx);
  }

  /// Applies the amendments to the value of a key; nobody is told of a change.
  ///
  /// - throws [DamagedException], [io.karst.base.Fault.OutOfMemory]; the value has been changed in
  ///   part then.
  void apply(int database, Key key, Amended amended) {
    tx.rebuild(
        database,
        () -> {
          for (Bytes part : amended.parts()) {
            if (!KeyEffects.read(part, effect -> change(effect, key))) {
              throw malformed(key);
            }
          }
        });
  }

  private void change(Effect.OnKey effect, Key key) {
    if (!effect.isWithinValue()) {
      throw malformed(key);
    }
    replay.change(effect, key);
  }

  static DamagedException malformed(Key key) {
    return new DamagedException(
        "what the tier has beside the value of " + key + " does not belong to it", null);
  }
}
