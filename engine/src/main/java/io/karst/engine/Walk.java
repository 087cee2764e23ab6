package io.karst.engine;

import io.karst.base.Bytes;
import io.karst.base.Limits;
import io.karst.keyspace.Database;
import io.karst.keyspace.Keyspace;
import io.karst.memory.Record;
import io.karst.memory.RecordTable;
import io.karst.memory.RecordVisitor;
import io.karst.value.ValueType;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Goes through the keys of a database, slot by slot, each under its own lock unless the
/// transaction holds it already.
///
/// A cursor is `position << 14 | slot`: the position in the slot's table ([RecordTable#scan]) over
/// the slot's number. Slots are visited in ascending order, so 0 can only be the beginning.
final class Walk {
  private static final int SLOT_BITS = 14;
  private static final int SLOT_MASK = Limits.SLOTS - 1;
  private static final int KEYS_PER_LOCK = 1000;

  private final Keyspace keyspace;
  private final SlotLocks locks;

  Walk(Keyspace keyspace, SlotLocks locks) {
    this.keyspace = keyspace;
    this.locks = locks;
  }

  /// See [Tx#scan].
  long scan(
      @Nullable Database data, long now, long cursor, int count, int onlySlot, KeyVisitor visitor) {
    if (data == null) {
      return 0;
    }
    Shower shower = new Shower(now, visitor);
    int slot = onlySlot >= 0 ? onlySlot : (int) (cursor & SLOT_MASK);
    int end = onlySlot >= 0 ? onlySlot + 1 : Limits.SLOTS;
    long position = cursor >>> SLOT_BITS;
    while (slot < end) {
      if (data.size(slot) > 0) {
        if (!enter(slot)) {
          if (cursor(position, slot) != 0) {
            return cursor(position, slot);
          }
          enterWaiting(slot); // To return 0 here would mean the end.
        }
        try {
          position = step(data, slot, position, Math.max(1, count - shower.shown), shower);
        } finally {
          leave(slot);
        }
        if (position != 0) {
          return cursor(position, slot);
        }
      }
      slot++;
      position = 0;
      if (shower.shown >= count) {
        break;
      }
    }
    return slot == end ? 0 : cursor(0, slot);
  }

  /// See [Tx#forEachKey]. A slot of many keys is left and entered again, so that nobody waits for
  /// its lock for long.
  void forEach(@Nullable Database data, long now, int onlySlot, KeyVisitor visitor) {
    if (data == null) {
      return;
    }
    Shower shower = new Shower(now, visitor);
    int first = onlySlot >= 0 ? onlySlot : 0;
    int end = onlySlot >= 0 ? onlySlot + 1 : Limits.SLOTS;
    for (int slot = first; slot < end; slot++) {
      long position = 0;
      do {
        if (data.size(slot) == 0) {
          break;
        }
        enterWaiting(slot);
        try {
          position = step(data, slot, position, KEYS_PER_LOCK, shower);
        } finally {
          leave(slot);
        }
      } while (position != 0);
    }
  }

  /// See [Tx#randomKey]. The slot is drawn by its share of the keys, then the key within it, so
  /// that each key has the same chance. After many draws that hit due keys the one at hand is
  /// taken, as Redis does, so that a database of nothing but due keys ends the search.
  @Nullable Bytes random(@Nullable Database data, long now, RandomGenerator random) {
    if (data == null) {
      return null;
    }
    for (int draw = 1; ; draw++) {
      long size = data.size();
      if (size == 0) {
        return null;
      }
      int slot = slotOf(data, random.nextLong(size));
      if (slot < 0 || !enter(slot)) {
        continue;
      }
      try {
        RecordTable table = data.table(slot);
        long record = table == null ? Record.NONE : table.random(random);
        if (record != Record.NONE && (draw >= 100 || !Record.due(record, now))) {
          return Record.key(record).copy();
        }
      } finally {
        leave(slot);
      }
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

  private static long step(Database data, int slot, long position, int count, Shower shower) {
    RecordTable table = data.table(slot);
    return table == null ? 0 : table.scan(position, count, shower);
  }

  private static long cursor(long position, int slot) {
    return position << SLOT_BITS | slot;
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
  private static final class Shower implements RecordVisitor {
    private final long now;
    private final KeyVisitor visitor;
    private int shown;

    private Shower(long now, KeyVisitor visitor) {
      this.now = now;
      this.visitor = visitor;
    }

    @Override
    public void visit(long record) {
      shown++;
      if (!Record.due(record, now)) {
        visitor.visit(Record.key(record), ValueType.of(Record.type(record)), Record.expiry(record));
      }
    }
  }
}
