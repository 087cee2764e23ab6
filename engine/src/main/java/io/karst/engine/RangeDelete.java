package io.karst.engine;

import io.karst.base.Fault;
import io.karst.base.Limits;
import io.karst.keyspace.Database;
import io.karst.keyspace.Key;
import io.karst.keyspace.TierCounts;
import io.karst.memory.Record;
import io.karst.memory.RecordTable;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.Consumer;

/// Removes the keys of a range, some under each lock, so that nobody waits for it: as many `DEL`s,
/// each whole.
///
/// *In memory* first, slot by slot in the order of the tables: no key is sorted, or looked up on
/// disk. *On disk* then, in the slots that may have had cold keys: what the tier has in the range
/// is gone through without values ([StoredKeys]), and a key that is still not in memory gets a
/// tombstone. A key that was there all the time is met by one of the two. Both end if the database
/// is emptied or exchanged meanwhile.
///
/// *Cost.* A microsecond or two a key; of a key on disk the memory of its tombstone, until a
/// checkpoint has told the tier. When there is no memory, one is waited for.
///
/// Thread: its caller's, not an event loop; the transaction holds no lock when it begins, or all.
final class RangeDelete {
  /// Records looked at under one lock.
  private static final int RECORDS_PER_LOCK = 128;

  /// Keys of the tier removed in one frame of the history.
  private static final int KEYS_PER_FRAME = 64;

  private final Tx tx;
  private final Engine engine;
  private final Database data;
  private final int database;
  private final KeyRange range;

  /// Whether a checkpoint may be waited for: not by who holds the locks.
  private final boolean mayWait;

  /// Slots in which a key of the range may have been on disk only.
  private final BitSet cold = new BitSet(Limits.SLOTS);

  private final List<Key> found = new ArrayList<>();

  /// Keys that somebody may have changed since the tier was asked.
  private final List<Key> doubtful = new ArrayList<>();

  private long position;
  private long removed;

  /// - `locks`: those of the transaction.
  /// - `data`: its database.
  RangeDelete(Tx tx, Engine engine, SlotLocks locks, Database data, KeyRange range) {
    this.tx = tx;
    this.engine = engine;
    this.data = data;
    this.database = tx.database();
    this.mayWait = engine.tiered() && !locks.holdsAll();
    this.range = range;
  }

  /// Removes them and returns how many.
  long run() {
    for (int slot = 0; slot < Limits.SLOTS; slot++) {
      if (data.size(slot) > 0) {
        removeHot(slot);
      }
    }
    if (!cold.isEmpty()) {
      removeCold();
    }
    return removed;
  }

  private boolean stands() {
    return tx.keyspace().find(database) == data;
  }

  // ---- in memory ----

  private void removeHot(int slot) {
    TierCounts counts = data.tier();
    long drops = counts == null ? 0 : counts.drops(slot);
    boolean anyCold = data.cold(slot) > 0;
    position = 0;
    do {
      step(slots -> slots.add(slot), () -> removeSome(slot));
    } while (position != 0);
    if (counts != null && (anyCold || counts.drops(slot) != drops)) {
      cold.set(slot);
    }
  }

  private void removeSome(int slot) {
    RecordTable table = stands() ? data.table(slot) : null;
    long next = table == null ? 0 : table.scan(position, RECORDS_PER_LOCK, this::find);
    for (Key key : found) {
      remove(key);
    }
    position = next; // Not before: what finds no memory is done again.
  }

  private void find(long record) {
    if (!Record.tombstone(record) && range.contains(Record.key(record))) {
      found.add(Key.of(Record.key(record).copy()));
    }
  }

  private void remove(Key key) {
    if (tx.delete(key)) {
      removed++;
    }
  }

  // ---- on disk ----

  private void removeCold() {
    StoredKeys stored = new StoredKeys(engine, data, range, cold);
    while (stored.read() && stands()) {
      List<StoredKeys.Entry> keys = stored.keys();
      for (int from = 0; from < keys.size(); from += KEYS_PER_FRAME) {
        removeCold(keys.subList(from, Math.min(keys.size(), from + KEYS_PER_FRAME)), stored);
      }
    }
  }

  private void removeCold(List<StoredKeys.Entry> part, StoredKeys stored) {
    step(
        slots -> part.forEach(each -> slots.add(each.key().slot())),
        () -> part.forEach(each -> removeCold(each, stored)));
    if (!doubtful.isEmpty()) {
      Key[] keys = doubtful.toArray(Key[]::new);
      doubtful.clear();
      tx.step(keys, () -> List.of(keys).forEach(this::remove));
    }
  }

  private void removeCold(StoredKeys.Entry entry, StoredKeys stored) {
    Key key = entry.key();
    key.hash(tx.keyspace().hasher());
    if (!stands()) {
      return;
    }
    if (data.find(key) != Record.NONE) {
      remove(key);
    } else if (!stored.current(key.slot())) {
      doubtful.add(key);
    } else if (entry.due(tx.now())) {
      tx.records().residency().expireCold(database, key);
    } else {
      tx.records().residency().removeCold(database, key, entry.expires(), entry.listed());
      removed++;
    }
  }

  // ---- both ----

  /// Does a part under the locks of some slots; again after a checkpoint if it finds no memory.
  private void step(Consumer<SlotSet> slots, Runnable part) {
    try {
      attempt(slots, part);
    } catch (Fault.OutOfMemory full) {
      if (!mayWait) {
        throw full;
      }
      engine.checkpoint();
      attempt(slots, part);
    }
  }

  private void attempt(Consumer<SlotSet> slots, Runnable part) {
    found.clear();
    doubtful.clear();
    tx.step(slots, part);
  }
}
