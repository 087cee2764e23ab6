package io.karst.engine;

import io.karst.base.Bytes;
import io.karst.keyspace.Database;
import io.karst.keyspace.Key;
import io.karst.keyspace.TierCounts;
import io.karst.lsm.TierCursor;
import io.karst.memory.Record;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The keys of a range that the disk tier has, without their values, many at a time: each time in
/// the order of their slots, so that neighbours have the same locks.
///
/// Thread: its owner's, not an event loop; holds no lock.
final class StoredKeys {
  /// Keys that are looked at each time.
  private static final int BATCH = 8192;

  private static final Comparator<Entry> BY_SLOT =
      Comparator.comparingInt(each -> each.key().slot());

  private final Engine engine;
  private final Database data;
  private final TierCounts counts;
  private final BitSet slots;
  private final List<Entry> keys = new ArrayList<>();
  private long[] drops = {};

  /// What is still to be read; null at the end.
  private @Nullable KeyRange rest;

  /// - `expiryMillis`: since 1970, or [Record#NO_EXPIRY].
  /// - `listed`: whether it stands in the tier's index of expiries.
  record Entry(Key key, long expiryMillis, boolean listed) {
    boolean expires() {
      return expiryMillis != Record.NO_EXPIRY;
    }

    boolean due(long now) {
      return expires() && expiryMillis <= now;
    }
  }

  /// - `data`: a database with a tier.
  /// - `slots`: those of which the keys are wanted.
  StoredKeys(Engine engine, Database data, KeyRange range, BitSet slots) {
    this.engine = engine;
    this.data = data;
    this.counts = data.counts();
    this.slots = slots;
    this.rest = range;
  }

  /// Reads on; false at the end. Reads from disk.
  boolean read() {
    KeyRange wanted = rest;
    if (wanted == null) {
      return false;
    }
    keys.clear();
    drops = counts.allDrops(); // Before the tier is looked at.
    rest = engine.reads().<@Nullable KeyRange>onPlatformThread(() -> read(wanted));
    keys.sort(BY_SLOT);
    return true;
  }

  /// What [#read] has read, perhaps nothing.
  List<Entry> keys() {
    return keys;
  }

  /// Whether what was read of the keys of a slot is still true of those that are not in memory.
  /// Under its lock.
  boolean current(int slot) {
    return counts.drops(slot) == drops[slot];
  }

  private @Nullable KeyRange read(KeyRange wanted) {
    try (TierCursor cursor = engine.tier().keys(data.id(), wanted.from(), false, true)) {
      Bytes last = null;
      for (int i = 0; i < BATCH; i++) {
        if (!cursor.next() || wanted.after(cursor.key())) {
          return null;
        }
        last = cursor.key();
        Key key = Key.of(last);
        if (slots.get(key.slot()) && !wanted.before(last)) {
          keys.add(new Entry(key, cursor.stored().expiryMillis(), cursor.stored().isListed()));
        }
      }
      return last == null ? null : wanted.behind(last);
    }
  }
}
