package io.karst.engine;

import io.karst.base.Bytes;
import io.karst.keyspace.Database;
import io.karst.keyspace.Key;
import io.karst.keyspace.Keyspace;
import io.karst.lsm.Stored;
import io.karst.lsm.TierCursor;
import io.karst.memory.Record;
import io.karst.value.ValueType;
import java.util.Iterator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Goes through the keys of a range in their order: what changed in memory ([ChangedKeys]), merged
/// over the disk tier. Not a snapshot, but a key that is there all the time is shown, once, and
/// with a value that it has had meanwhile.
///
/// *Cost.* With a tier, the slots that have something dirty are searched, then only what is shown
/// is read. Without one, all keys are searched and those of the range sorted.
///
/// Thread: its caller's, not an event loop; locks one slot at a time.
final class RangeWalk {
  private final Engine engine;
  private final Keyspace keyspace;
  private final SlotLocks locks;
  private final int database;
  private final long now;
  private final KeyRange range;
  private final boolean reverse;
  private final boolean values;
  private final RangeVisitor visitor;
  private int left;

  /// What to look for: with `values`, the visitor gets those of strings.
  record Search(KeyRange range, int limit, boolean reverse, boolean values) {}

  RangeWalk(Engine engine, SlotLocks locks, Tx tx, Search search, RangeVisitor visitor) {
    this.engine = engine;
    this.keyspace = engine.keyspace();
    this.locks = locks;
    this.database = tx.database();
    this.now = tx.now();
    this.range = search.range();
    this.reverse = search.reverse();
    this.values = search.values();
    this.visitor = visitor;
    this.left = search.limit();
  }

  void run() {
    Database data = keyspace.find(database);
    if (data == null || left <= 0) {
      return;
    }
    ChangedKeys search = new ChangedKeys(engine, locks, data, range, left, reverse);
    Map<Bytes, Boolean> changed = search.collect();
    if (data.tier() == null) {
      changed.forEach((key, lives) -> show(data, key, null));
      return;
    }
    engine
        .reads()
        .onPlatformThread(() -> {
          merge(data, changed);
          return left;
        });
  }

  private void merge(Database data, Map<Bytes, Boolean> changed) {
    Iterator<Map.Entry<Bytes, Boolean>> memory = changed.entrySet().iterator();
    Map.Entry<Bytes, Boolean> next = memory.hasNext() ? memory.next() : null;
    Bytes start = reverse ? range.to() : range.from();
    try (TierCursor tier = engine.tier().keys(data.id(), start, reverse, !values)) {
      boolean more = tier.next();
      while (left > 0 && (more || next != null)) {
        Bytes stored = more ? tier.key() : null;
        if (stored != null && isBeyond(stored)) {
          more = false;
          continue;
        }
        int order = order(next, stored);
        if (order <= 0 && next != null) {
          if (next.getValue()) {
            show(data, next.getKey(), null);
          }
          next = memory.hasNext() ? memory.next() : null;
        } else if (stored != null && range.contains(stored)) {
          show(data, stored, tier.stored());
        }
        more = more && (order < 0 || tier.next());
      }
    }
  }

  private int order(Map.@Nullable Entry<Bytes, Boolean> memory, @Nullable Bytes stored) {
    if (memory == null || stored == null) {
      return memory == null ? 1 : -1;
    }
    int order = memory.getKey().compareTo(stored);
    return reverse ? -order : order;
  }

  private boolean isBeyond(Bytes key) {
    return reverse ? range.before(key) : range.after(key);
  }

  /// Shows a key as it is now, if it still exists.
  ///
  /// - `stored`: what the tier has of it; null to ask the tier if it turns out to be needed.
  private void show(Database data, Bytes bytes, @Nullable Stored stored) {
    Key key = Key.of(bytes);
    key.hash(keyspace.hasher());
    boolean held = locks.holds(key.slot());
    if (!held) {
      keyspace.lock(key.slot()).lock();
    }
    try {
      long record = keyspace.find(database) == data ? data.find(key) : Record.NONE;
      if (record != Record.NONE) {
        showRecord(bytes, record);
        return;
      }
    } finally {
      if (!held) {
        keyspace.lock(key.slot()).unlock();
      }
    }
    if (data.tier() != null) {
      showStored(bytes, stored == null ? engine.tier().get(data.id(), bytes) : stored);
    }
  }

  private void showRecord(Bytes key, long record) {
    if (!Record.tombstone(record) && !Record.due(record, now) && left > 0) {
      ValueType type = ValueType.of(Record.type(record));
      boolean shown = values && type == ValueType.STRING;
      visitor.visit(key, type, Record.expiry(record), shown ? Record.value(record) : null);
      left--;
    }
  }

  private void showStored(Bytes key, @Nullable Stored stored) {
    if (stored == null || left <= 0) {
      return;
    }
    boolean due = stored.expiryMillis() != Record.NO_EXPIRY && stored.expiryMillis() <= now;
    if (!due) {
      ValueType type = ValueType.of(stored.type());
      boolean shown = values && type == ValueType.STRING;
      visitor.visit(
          key, type, stored.expiryMillis(), shown ? StoredValues.string(stored, key) : null);
      left--;
    }
  }
}
