package io.karst.engine;

import io.karst.base.Bytes;
import io.karst.base.Limits;
import io.karst.keyspace.Database;
import io.karst.keyspace.Keyspace;
import io.karst.keyspace.TierCounts;
import io.karst.memory.Record;
import io.karst.memory.RecordTable;
import io.karst.memory.RecordVisitor;
import io.karst.value.ValueType;
import java.util.HashSet;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Goes through the keys of a database, slot by slot, each under its own lock unless the
/// transaction holds it already.
///
/// A cursor is `phase << 62 | position << 14 | slot`: the position in the slot, in the order of a
/// hash, over the slot's number. Slots are visited in ascending order, so 0 can only be the
/// beginning.
///
/// *The disk tier.* Once a database has had a key that only the tier has, a slot has two phases:
/// first the keys in memory that the tier does not have, then those of the tier ([ColdWalk]). A key
/// that is there all the time is shown in the second if the tier had it when the first came by, and
/// otherwise in the first.
final class Walk {
  private static final int SLOT_BITS = 14;
  private static final int SLOT_MASK = Limits.SLOTS - 1;
  private static final long COLD_PHASE = 1L << 62;
  private static final long POSITION_MASK = (1L << RecordTable.CURSOR_BITS) - 1;
  private static final int KEYS_PER_LOCK = 1000;

  private final Engine engine;
  private final Keyspace keyspace;
  private final SlotLocks locks;

  Walk(Engine engine, SlotLocks locks) {
    this.engine = engine;
    this.keyspace = engine.keyspace();
    this.locks = locks;
  }

  /// See [AllKeys#scan].
  long scan(int database, long now, long cursor, int count, int onlySlot, KeyVisitor visitor) {
    Database data = keyspace.find(database);
    if (data == null) {
      return 0;
    }
    Shower shower = new Shower(now, visitor);
    int slot = onlySlot >= 0 ? onlySlot : (int) (cursor & SLOT_MASK);
    int end = onlySlot >= 0 ? onlySlot + 1 : Limits.SLOTS;
    long phase = cursor & COLD_PHASE;
    long position = cursor >>> SLOT_BITS & POSITION_MASK;
    while (slot < end) {
      if (phase == 0 && data.hot(slot) > 0) {
        if (!enter(slot)) {
          if (cursor(0, position, slot) != 0) {
            return cursor(0, position, slot);
          }
          enterWaiting(slot); // To return 0 here would mean the end.
        }
        try {
          shower.onlyUnknownToTier = everCold(data) && !engine.busy(slot);
          position = step(data, slot, position, Math.max(1, count - shower.shown), shower);
        } finally {
          leave(slot);
        }
        if (position != 0) {
          return cursor(0, position, slot);
        }
      }
      if (phase == 0) {
        position = 0;
      }
      if (stored(data, slot)) {
        position = cold(database, shower).scan(slot, position, Math.max(1, count - shower.shown));
        if (position != 0) {
          return cursor(COLD_PHASE, position, slot);
        }
      }
      phase = 0;
      slot++;
      position = 0;
      if (shower.shown >= count) {
        break;
      }
    }
    return slot == end ? 0 : cursor(0, 0, slot);
  }

  /// See [AllKeys#forEach]. A slot of many keys is left and entered again, so that nobody waits for
  /// its lock for long.
  void forEach(int database, long now, int onlySlot, KeyVisitor visitor) {
    Database data = keyspace.find(database);
    if (data == null) {
      return;
    }
    Shower shower = new Shower(now, visitor);
    int first = onlySlot >= 0 ? onlySlot : 0;
    int end = onlySlot >= 0 ? onlySlot + 1 : Limits.SLOTS;
    for (int slot = first; slot < end; slot++) {
      shower.once = stored(data, slot) ? new HashSet<>() : null;
      forEachInMemory(data, slot, shower);
      if (stored(data, slot)) {
        ColdWalk cold = cold(database, shower);
        long position = 0;
        do {
          position = cold.scan(slot, position, KEYS_PER_LOCK);
        } while (position != 0);
      }
    }
  }

  private void forEachInMemory(Database data, int slot, Shower shower) {
    long position = 0;
    do {
      if (data.hot(slot) == 0) {
        break;
      }
      enterWaiting(slot);
      try {
        shower.onlyUnknownToTier = everCold(data) && !engine.busy(slot);
        position = step(data, slot, position, KEYS_PER_LOCK, shower);
      } finally {
        leave(slot);
      }
    } while (position != 0);
  }

  /// See [AllKeys#random]. The slot is drawn by its share of the keys, then the key within it, so
  /// that each key has the same chance. After many draws that hit due keys the one at hand is
  /// taken, as Redis does, so that a database of nothing but due keys ends the search.
  @Nullable Bytes random(int database, long now, RandomGenerator random) {
    Database data = keyspace.find(database);
    for (int draw = 1; data != null && keyspace.has(data); draw++) {
      long size = data.size();
      if (size == 0) {
        return null;
      }
      int slot = slotOf(data, random.nextLong(size));
      long latest = draw >= 100 ? Long.MIN_VALUE : now;
      Bytes key = slot < 0 ? null : random(database, data, slot, latest, random);
      if (key != null) {
        return key;
      }
    }
    return null;
  }

  private @Nullable Bytes random(
      int database, Database data, int slot, long now, RandomGenerator random) {
    int hot = data.hot(slot);
    int cold = data.cold(slot);
    if (hot + cold == 0) {
      return null;
    }
    if (random.nextInt(hot + cold) >= hot) {
      RandomColdKey one = new RandomColdKey(now);
      new ColdWalk(engine, locks, database, one).scan(slot, random.nextLong() & POSITION_MASK, 1);
      return one.key;
    }
    if (!enter(slot)) {
      return null;
    }
    try {
      RecordTable table = keyspace.has(data) ? data.table(slot) : null;
      long record = table == null ? Record.NONE : table.random(random);
      return record == Record.NONE || Record.tombstone(record) || Record.due(record, now)
          ? null
          : Record.key(record).copy();
    } finally {
      leave(slot);
    }
  }

  private static int slotOf(Database data, long rank) {
    long left = rank;
    for (int slot = 0; slot < Limits.SLOTS; slot++) {
      left -= data.size(slot);
      if (left < 0) {
        return slot;
      }
    }
    return -1; // Keys went while we counted.
  }

  private ColdWalk cold(int database, Shower shower) {
    return new ColdWalk(engine, locks, database, shower);
  }

  private static boolean everCold(Database data) {
    TierCounts counts = data.tier();
    return counts != null && counts.everCold();
  }

  private static boolean stored(Database data, int slot) {
    TierCounts counts = data.tier();
    return counts != null && counts.everCold() && counts.stored(slot) > 0;
  }

  private long step(Database data, int slot, long position, int count, Shower shower) {
    RecordTable table = keyspace.has(data) ? data.table(slot) : null;
    return table == null ? 0 : table.scan(position, count, shower);
  }

  private static long cursor(long phase, long position, int slot) {
    return phase | position << SLOT_BITS | slot;
  }

  private boolean enter(int slot) {
    return locks.holds(slot) || keyspace.lock(slot).tryLock();
  }

  private void enterWaiting(int slot) {
    if (!locks.holds(slot)) {
      keyspace.lock(slot).lock();
    }
  }

  private void leave(int slot) {
    if (!locks.holds(slot)) {
      keyspace.lock(slot).unlock();
    }
  }

  /// Shows records as keys, but for those that are due.
  private static final class Shower implements RecordVisitor, ColdWalk.Visitor {
    private final long now;
    private final KeyVisitor visitor;
    private int shown;

    /// Whether records that the tier has are left to the second phase.
    private boolean onlyUnknownToTier;

    /// What was shown in the first phase, not to be shown again in the second.
    private @Nullable Set<Bytes> once;

    private Shower(long now, KeyVisitor visitor) {
      this.now = now;
      this.visitor = visitor;
    }

    @Override
    public void visit(long record) {
      shown++;
      if (Record.tombstone(record)
          || Record.due(record, now)
          || (onlyUnknownToTier && Record.persisted(record))) {
        return;
      }
      if (once != null) {
        once.add(Record.key(record).copy());
      }
      visitor.visit(Record.key(record), ValueType.of(Record.type(record)), Record.expiry(record));
    }

    @Override
    public boolean visit(Bytes key, int type, long expiryMillis) {
      shown++;
      boolean due = expiryMillis != Record.NO_EXPIRY && expiryMillis <= now;
      if (!due && (once == null || !once.contains(key))) {
        visitor.visit(key, ValueType.of(type), expiryMillis);
      }
      return true;
    }
  }

  /// Takes the first key that is not due.
  private static final class RandomColdKey implements ColdWalk.Visitor {
    private final long now;
    private @Nullable Bytes key;

    private RandomColdKey(long now) {
      this.now = now;
    }

    @Override
    public boolean visit(Bytes shown, int type, long expiryMillis) {
      if (key == null && (expiryMillis == Record.NO_EXPIRY || expiryMillis > now)) {
        key = shown;
      }
      return key == null;
    }
  }
}
