package io.karst.engine;

import io.karst.base.Bytes;
import io.karst.base.Fault;
import io.karst.keyspace.Database;
import io.karst.keyspace.Key;
import io.karst.keyspace.Keyspace;
import io.karst.keyspace.TierCounts;
import io.karst.lsm.DueCursor;
import io.karst.lsm.Stored;
import io.karst.lsm.Tier;
import io.karst.memory.Record;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Removes keys that are due and that only the disk tier has, by its index of expiries: their
/// values are not read. What the index says of a key in memory does not count; the next checkpoint
/// brings it up to date.
///
/// Thread: the expiry's.
final class ColdExpiry {
  private static final int BATCH = 256;

  /// Removals a pass: some milliseconds.
  private static final int REMOVALS_MAX = 2048;

  /// Entries of keys in memory beyond which a checkpoint is asked for, to have the index short.
  private static final int OUTDATED_MAX = 4096;

  private final Engine engine;
  private final Keyspace keyspace;
  private final Tier tier;
  private final Tx tx;
  private int removed;
  private int outdated;

  private record Due(int index, int id, Key key, long expiryMillis) {}

  ColdExpiry(Engine engine, Tx tx) {
    this.engine = engine;
    this.keyspace = engine.keyspace();
    this.tier = engine.tier();
    this.tx = tx;
  }

  /// Removes what is due; returns the number of keys.
  int pass(long now) {
    removed = 0;
    outdated = 0;
    List<Due> batch = new ArrayList<>();
    try (DueCursor cursor = tier.due(now)) {
      while (removed + batch.size() < REMOVALS_MAX && cursor.next()) {
        add(batch, cursor.database(), cursor.key(), cursor.expiryMillis());
        if (batch.size() == BATCH) {
          remove(batch, now);
        }
      }
      remove(batch, now);
    } catch (Fault full) {
      return removed; // They stay unseen, and are removed when there is room again.
    }
    if (outdated > OUTDATED_MAX) {
      engine.wantClean();
    }
    return removed;
  }

  private void add(List<Due> batch, int id, Bytes bytes, long expiryMillis) {
    int index = keyspace.indexOf(id);
    Database data = index < 0 ? null : keyspace.find(index);
    Key key = Key.of(bytes);
    if (data != null && data.cold(key.slot()) > 0) {
      batch.add(new Due(index, id, key, expiryMillis));
    } else {
      outdated++;
    }
  }

  private void remove(List<Due> batch, long now) {
    for (Due due : batch) {
      remove(due, now);
    }
    batch.clear();
  }

  private void remove(Due due, long now) {
    TierCounts counts = counts(due.index());
    int slot = due.key().slot();
    int drops = counts == null ? 0 : counts.drops(slot);
    Stored header = tier.header(due.id(), due.key().bytes());
    if (header == null || header.expiryMillis() != due.expiryMillis()) {
      return; // Another checkpoint was faster.
    }
    tx.begin(now, due.index());
    tx.slots().add(slot);
    tx.lock();
    try {
      Database data = keyspace.find(due.index());
      if (data == null || data.id() != due.id() || counts == null || counts.drops(slot) != drops) {
        return;
      }
      due.key().hash(keyspace.hasher());
      if (data.find(due.key()) != Record.NONE) {
        outdated++;
        return;
      }
      tx.records().residency().expireCold(due.index(), due.key());
      removed++;
    } finally {
      tx.end();
    }
  }

  private @Nullable TierCounts counts(int index) {
    Database data = keyspace.find(index);
    return data == null ? null : data.tier();
  }
}
