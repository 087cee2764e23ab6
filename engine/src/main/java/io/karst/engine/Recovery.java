package io.karst.engine;

import io.karst.history.Effect;
import io.karst.history.FrameVisitor;
import io.karst.keyspace.Database;
import io.karst.keyspace.Key;
import io.karst.keyspace.Keyspace;
import io.karst.lsm.Tier;
import io.karst.lsm.TierMeta;
import io.karst.memory.Record;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Makes a store what it was: what the disk tier has, and the history since the last checkpoint.
///
/// A checkpoint is fuzzy and the tier may have written more than the last one promised. So each key
/// carries the LSN it reflects, and an effect that is older than that is passed over. Once a key is
/// in memory, as a record or a tombstone, every later effect applies. What a whole database went
/// through before the mapping of the last checkpoint is in that mapping.
///
/// Thread: the one that opens the engine, before anybody else uses it.
final class Recovery implements FrameVisitor {
  private final Keyspace keyspace;
  private final Libraries libraries;
  private final @Nullable Tier tier;
  private final @Nullable TierMeta meta;
  private final Tx tx;
  private final Replay replay;
  private final @Nullable ColdReplay cold;
  private long effects;

  /// - `own`: a transaction that makes no effects.
  Recovery(Engine engine, @Nullable Tier tier, Tx own) {
    this.keyspace = engine.keyspace();
    this.libraries = engine.libraries();
    this.tier = tier;
    this.cold = tier == null ? null : new ColdReplay(engine, own);
    this.meta = tier == null ? null : tier.meta();
    this.tx = own;
    this.replay = new Replay(own);
  }

  /// Takes over what the tier has; returns where the history goes on.
  long restore() {
    if (tier == null) {
      return 0;
    }
    int first = meta == null ? keyspace.nextId() : meta.nextId();
    // Without a history, a round that a crash has cut short may have written a database that
    // nothing tells of: its id is not to be given to another.
    keyspace.nextId(tier.databases().stream().reduce(first - 1, Math::max) + 1);
    List<Integer> ids =
        meta == null ? IntStream.range(0, keyspace.count()).boxed().toList() : meta.ids();
    for (int index = 0; index < ids.size(); index++) {
      restore(tier, index, ids.get(index));
    }
    for (int index = ids.size(); index < keyspace.count(); index++) {
      restore(tier, index, keyspace.nextId());
      keyspace.nextId(keyspace.nextId() + 1);
    }
    if (meta == null) {
      return 0;
    }
    libraries.restore(meta.libraries());
    return meta.checkpointLsn();
  }

  private void restore(Tier from, int index, int id) {
    int[][] counts = from.counts(id);
    if (index < keyspace.count()) {
      keyspace.restore(index, id, counts[0], counts[1]);
    } else {
      for (int keys : counts[0]) {
        if (keys > 0) {
          throw new IllegalStateException(
              "the data directory has keys in database " + index + ": set databases to more");
        }
      }
    }
  }

  /// Everything of the history is in memory or in the tier; ends it.
  void close() {
    tx.close();
  }

  /// The number of effects in the history since the last checkpoint.
  long effects() {
    return effects;
  }

  @Override
  public void visit(long lsn, List<Effect> frame) {
    for (Effect effect : frame) {
      effects++;
      apply(lsn, effect);
    }
  }

  private void apply(long lsn, Effect effect) {
    switch (effect) {
      case Effect.Flush flush -> {
        if (!mapped(lsn)) {
          release();
          replay.apply(flush);
          restoreCounts(flush.fresh());
        }
      }
      case Effect.Swap swap -> {
        if (!mapped(lsn)) {
          release();
          replay.apply(swap);
        }
      }
      case Effect.PutLibrary _, Effect.RemoveLibrary _ -> {
        if (!mapped(lsn)) {
          replay.apply(effect);
        }
      }
      case Effect.OnKey onKey -> apply(lsn, onKey);
    }
  }

  /// Whether the mapping of the last checkpoint contains what whole databases went through at
  /// `lsn`.
  private boolean mapped(long lsn) {
    return meta != null && lsn < meta.mappingLsn();
  }

  /// The tier may have keys of a database that no checkpoint mentions yet.
  private void restoreCounts(int id) {
    int index = keyspace.indexOf(id);
    if (tier != null && index >= 0) {
      restore(tier, index, id);
    }
  }

  private void apply(long lsn, Effect.OnKey effect) {
    int index = keyspace.indexOf(effect.database());
    if (index < 0) {
      return; // A later flush has it.
    }
    Key key = Key.of(effect.key());
    Database data = keyspace.find(index);
    if (cold != null && data != null && data.cold(key.slot()) > 0 && !inMemory(data, key)) {
      cold.add(lsn, effect);
      return;
    }
    replay.begin(key, index);
    try {
      replay.change(effect, key);
    } finally {
      tx.end();
    }
  }

  /// Whether it is, as a record or a tombstone; then no effect on it waits.
  private boolean inMemory(Database data, Key key) {
    key.hash(keyspace.hasher());
    return data.find(key) != Record.NONE;
  }

  @Override
  public void release() {
    if (cold != null) {
      cold.settle();
    }
  }
}
