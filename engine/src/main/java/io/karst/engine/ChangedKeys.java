package io.karst.engine;

import io.karst.base.Bytes;
import io.karst.base.Limits;
import io.karst.keyspace.Database;
import io.karst.keyspace.Keyspace;
import io.karst.keyspace.TierCounts;
import io.karst.memory.Record;
import io.karst.memory.RecordTable;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The keys of a range whose state only memory knows, in order: what the disk tier has not, or not
/// any more, as it is. Without a tier, all keys.
///
/// Of a limited search, no more keys are kept than can be among the first ones: memory is bounded
/// by the limit and the number of tombstones. Thread: its owner's; takes one slot's lock at a time.
final class ChangedKeys {
  private static final int RECORDS_PER_LOCK = 256;

  private final Engine engine;
  private final Keyspace keyspace;
  private final SlotLocks locks;
  private final Database data;
  private final KeyRange range;
  private final int limit;

  /// Whether each key exists, as opposed to being removed; in the order of the search.
  private final TreeMap<Bytes, Boolean> keys;

  private int living;

  ChangedKeys(
      Engine engine, SlotLocks locks, Database data, KeyRange range, int limit, boolean reverse) {
    this.engine = engine;
    this.keyspace = engine.keyspace();
    this.locks = locks;
    this.data = data;
    this.range = range;
    this.limit = limit;
    Comparator<Bytes> order = Comparator.naturalOrder();
    keys = new TreeMap<>(reverse ? order.reversed() : order);
  }

  /// Collects them, and returns them in the order of the search: true if the key exists.
  Map<Bytes, Boolean> collect() {
    for (int slot = 0; slot < Limits.SLOTS; slot++) {
      if (mayHaveSome(slot)) {
        collect(slot);
      }
    }
    return keys;
  }

  private boolean mayHaveSome(int slot) {
    TierCounts counts = data.tier();
    return counts == null ? data.hot(slot) > 0 : counts.dirty(slot) > 0 || engine.busy(slot);
  }

  private void collect(int slot) {
    long position = 0;
    do {
      boolean held = locks.holds(slot);
      if (!held) {
        keyspace.lock(slot).lock();
      }
      try {
        RecordTable table = keyspace.has(data) ? data.table(slot) : null;
        boolean all = !engine.tiered() || engine.busy(slot);
        position =
            table == null ? 0 : table.scan(position, RECORDS_PER_LOCK, each -> add(each, all));
      } finally {
        if (!held) {
          keyspace.lock(slot).unlock();
        }
      }
    } while (position != 0);
  }

  private void add(long record, boolean all) {
    if (!all && !Record.dirty(record)) {
      return;
    }
    Bytes key = Record.key(record);
    if (!range.contains(key) || beyondLast(key)) {
      return;
    }
    boolean lives = !Record.tombstone(record);
    Boolean before = keys.put(key.copy(), lives);
    living += (lives ? 1 : 0) - (before != null && before ? 1 : 0);
    while (living > limit) {
      living -= keys.pollLastEntry().getValue() ? 1 : 0;
    }
  }

  private boolean beyondLast(Bytes key) {
    @Nullable Bytes last = living < limit ? null : keys.lastKey();
    return last != null && keys.comparator().compare(key, last) > 0;
  }
}
