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
/// values are not read. A key that stays, but has elements that are due, is read, and they are
/// removed in memory. What the index says of a key in memory does not count; the next checkpoint
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

  /// Whether there was no room for a key whose elements are due; they stay until the next pass.
  private boolean full;

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
    full = false;
    List<Due> batch = new ArrayList<>();
    try (DueCursor cursor = tier.due(now)) {
      while (removed + batch.size() < REMOVALS_MAX && cursor.next()) {
        add(batch, cursor.database(), cursor.key(), cursor.expiryMillis());
        if (batch.size() == BATCH) {
          remove(batch, now);
        }
      }
      remove(batch, now);
    } catch (Fault noRoom) {
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
    long drops = counts == null ? 0 : counts.drops(due.key().slot());
    Stored header = tier.header(due.id(), due.key().bytes());
    if (header == null || header.dueMillis() != due.expiryMillis()) {
      return; // Another checkpoint was faster.
    }
    if (header.expiryMillis() == due.expiryMillis()) {
      locked(due, now, drops, () -> tx.records().residency().expireCold(due.index(), due.key()));
    } else if (!full) {
      removeElements(due, now, drops);
    }
  }

  private void removeElements(Due due, long now, long drops) {
    Stored stored = tier.get(due.id(), due.key().bytes());
    if (stored == null || stored.dueMillis() != due.expiryMillis()) {
      return;
    }
    for (int attempt = 0; !full; attempt++) {
      try {
        locked(due, now, drops, () -> removeElements(due, stored));
        return;
      } catch (Fault.OutOfMemory noRoom) {
        full = !engine.eviction().makeRoom(tx, noRoom, Need.READ, attempt);
      }
    }
  }

  /// Brings a key into memory without its elements that are due. Under its slot's lock.
  private void removeElements(Due due, Stored stored) {
    Records records = tx.records();
    records.residency().load(due.index(), due.key(), stored);
    if (records.live(due.index(), due.key()) != Record.NONE) { // It may be due itself by now.
      tx.expireElements(due.key());
    }
    long left = keyspace.database(due.index()).find(due.key());
    if (left != Record.NONE && !Record.tombstone(left) && !Record.dirty(left)) {
      // The index was ahead of the elements; the next checkpoint puts it right.
      records.dirty(due.index(), due.key(), left);
    }
  }

  /// Does something to a key that is only in the tier, and has been all the time since its slot had
  /// seen so many `drops`.
  private void locked(Due due, long now, long drops, Runnable action) {
    int slot = due.key().slot();
    tx.begin(now, due.index());
    tx.slots().add(slot);
    tx.lock();
    try {
      Database data = keyspace.find(due.index());
      TierCounts counts = data == null ? null : data.tier();
      if (data == null || data.id() != due.id() || counts == null || counts.drops(slot) != drops) {
        return;
      }
      if (engine.following().on()) {
        return;
      }
      due.key().hash(keyspace.hasher());
      if (data.find(due.key()) != Record.NONE) {
        outdated++;
        return;
      }
      action.run();
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
