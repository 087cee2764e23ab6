package io.karst.keyspace;

import io.karst.base.Limits;
import io.karst.memory.Hasher;
import io.karst.memory.Magazine;
import io.karst.memory.Record;
import io.karst.memory.RecordTable;
import io.karst.memory.RecordVisitor;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// One database: a table of records a slot, made when the slot gets its first key.
///
/// Beside the tables stand arrays that may be read without a lock, and then are a moment old: of
/// each slot the number of keys, in memory or not, how many of those expire, and the earliest
/// expiry in memory. A key that comes to memory or leaves it for the disk tier does not change
/// these numbers, not for a moment. With a tier there are more of that kind ([TierCounts]), and a
/// table may also hold tombstones, which are no keys.
///
/// Threads: methods that take a [Key] or a slot are for who holds the slot's lock, unless they say
/// otherwise. Only here are records put into or taken out of the table of a slot, so that the
/// arrays always follow.
public final class Database {
  private static final VarHandle INTS = MethodHandles.arrayElementVarHandle(int[].class);
  private static final VarHandle LONGS = MethodHandles.arrayElementVarHandle(long[].class);

  private final Hasher hasher;
  private final int id;
  private final @Nullable TierCounts tier;
  private final @Nullable RecordTable[] tables = new @Nullable RecordTable[Limits.SLOTS];
  private final int[] sizes = new int[Limits.SLOTS];
  private final int[] expiring = new int[Limits.SLOTS];
  private final long[] earliest = new long[Limits.SLOTS];

  /// - `tier`: null without a disk tier.
  Database(Hasher hasher, int id, @Nullable TierCounts tier) {
    this.hasher = hasher;
    this.id = id;
    this.tier = tier;
    Arrays.fill(earliest, Long.MAX_VALUE);
    for (int slot = 0; tier != null && slot < Limits.SLOTS; slot++) {
      sizes[slot] = tier.cold(slot);
      expiring[slot] = tier.coldExpiring(slot);
    }
  }

  public int id() {
    return id;
  }

  /// The counts beside the tier; null if there is none.
  public @Nullable TierCounts tier() {
    return tier;
  }

  /// The record of a key, due or not, a tombstone perhaps, or [Record#NONE].
  public long find(Key key) {
    RecordTable table = tables[key.slot()];
    return table == null ? Record.NONE : table.find(key.hash(), key.bytes());
  }

  /// Loads the memory a look-up of `key` begins with; the result means nothing, but must be used.
  public long touchHome(Key key) {
    RecordTable table = tables[key.slot()];
    return table == null ? 0 : table.touchHome(key.hash());
  }

  /// Loads the record a look-up of `key` is likely to end at.
  public long touchRecord(Key key) {
    RecordTable table = tables[key.slot()];
    return table == null ? 0 : table.touchRecord(key.hash());
  }

  /// The table of a slot, if it ever held a key.
  public @Nullable RecordTable table(int slot) {
    return tables[slot];
  }

  /// Adds the record of a key that has none.
  ///
  /// - throws [io.karst.base.Fault.OutOfMemory]; nothing is changed then.
  public void add(Magazine magazine, Key key, long record) {
    put(magazine, key, record);
    count(key.slot(), Record.NONE, record);
  }

  private void put(Magazine magazine, Key key, long record) {
    int slot = key.slot();
    RecordTable table = tables[slot];
    if (table == null) {
      table = new RecordTable(hasher);
      tables[slot] = table;
    }
    table.add(magazine, key.hash(), record);
    lower(slot, Record.earliest(record));
  }

  /// Adds the record of a key as the tier has it, or a tombstone of such a key.
  ///
  /// - throws [io.karst.base.Fault.OutOfMemory]; nothing is changed then.
  public void load(Magazine magazine, Key key, long record) {
    put(magazine, key, record);
    int slot = key.slot();
    boolean indexed = Record.indexed(record);
    counts().addCold(slot, -1, indexed);
    counts().addDirty(slot, dirt(record));
    add(sizes, slot, living(record) - 1);
    add(expiring, slot, expiring(record) - (indexed ? 1 : 0));
  }

  /// Puts another record of the same key in the place of `record`, and does not free it.
  ///
  /// - throws [io.karst.base.Fault.OutOfMemory]; nothing is changed then.
  public void replace(Magazine magazine, Key key, long record, long fresh) {
    table(key).replace(magazine, key.hash(), record, fresh);
    count(key.slot(), record, fresh);
    lower(key.slot(), Record.earliest(fresh));
  }

  /// Changes the expiry of a record that has one.
  public void expiry(Magazine magazine, Key key, long record, long expiryMillis) {
    table(key).expiry(magazine, key.hash(), record, expiryMillis);
    lower(key.slot(), expiryMillis);
  }

  /// Notes when the first element of a record, which is an object, expires; [Long#MAX_VALUE] if
  /// none does.
  public void elementExpiry(Magazine magazine, Key key, long record, long expiryMillis) {
    table(key).elementExpiry(magazine, key.hash(), record, expiryMillis);
    lower(key.slot(), expiryMillis);
  }

  /// Takes the record of a key out, and does not free it.
  public void remove(Magazine magazine, Key key, long record) {
    table(key).remove(magazine, key.hash(), record);
    count(key.slot(), record, Record.NONE);
  }

  /// Makes the record of a key a dirty tombstone where it lies, for want of memory for one.
  public void bury(Key key, long record) {
    int slot = key.slot();
    dirty(slot, record, true);
    add(sizes, slot, -1);
    add(expiring, slot, -expiring(record));
    table(key).bury(record);
  }

  /// Takes out a clean record, or a tombstone the tier need not know of, and does not free it.
  public void drop(Magazine magazine, Key key, long record) {
    int slot = key.slot();
    table(key).remove(magazine, key.hash(), record);
    counts().dropped(slot);
    counts().addDirty(slot, -dirt(record));
    if (!Record.tombstone(record)) {
      counts().addCold(slot, 1, Record.indexed(record));
    }
  }

  /// Notes whether the tier has the record of a slot as it is.
  public void dirty(int slot, long record, boolean on) {
    if (tier != null && Record.dirty(record) != on) {
      Record.dirty(record, on);
      tier.addDirty(slot, on ? 1 : -1);
    }
  }

  /// Brings the earliest expiry of a slot up to date with its table.
  public void refreshEarliest(int slot) {
    RecordTable table = tables[slot];
    LONGS.setOpaque(earliest, slot, table == null ? Long.MAX_VALUE : table.earliestExpiry());
  }

  /// A lower bound of the expiries in a slot. Any thread; a moment old.
  public long earliest(int slot) {
    return (long) LONGS.getOpaque(earliest, slot);
  }

  /// The number of keys of a slot in memory. Any thread; a moment old.
  public int hot(int slot) {
    return Math.max(0, size(slot) - cold(slot));
  }

  /// The number of keys of a slot in memory that have an expiry. Any thread; a moment old.
  public int hotExpiring(int slot) {
    int cold = tier == null ? 0 : tier.coldExpiring(slot);
    return Math.max(0, (int) INTS.getOpaque(expiring, slot) - cold);
  }

  /// The number of keys of a slot that only the tier has. Any thread; a moment old.
  public int cold(int slot) {
    return tier == null ? 0 : tier.cold(slot);
  }

  /// The number of keys in a slot. Any thread; a moment old.
  public int size(int slot) {
    return (int) INTS.getOpaque(sizes, slot);
  }

  /// The number of keys. Any thread; exact when nobody writes.
  public long size() {
    long size = 0;
    for (int slot = 0; slot < Limits.SLOTS; slot++) {
      size += size(slot);
    }
    return size;
  }

  /// The number of keys that have an expiry. Any thread; a moment old.
  public long expiring() {
    long sum = 0;
    for (int slot = 0; slot < Limits.SLOTS; slot++) {
      sum += (int) INTS.getOpaque(expiring, slot);
    }
    return sum;
  }

  /// Empties a database nobody else can reach any more, showing each record to `visitor`, which
  /// frees it.
  public void clear(Magazine magazine, RecordVisitor visitor) {
    for (int slot = 0; slot < Limits.SLOTS; slot++) {
      RecordTable table = tables[slot];
      if (table != null) {
        table.clear(magazine, visitor);
        tables[slot] = null;
      }
    }
  }

  /// Counts that `fresh` has taken the place of `record`; either may be none.
  private void count(int slot, long record, long fresh) {
    add(sizes, slot, living(fresh) - living(record));
    add(expiring, slot, expiring(fresh) - expiring(record));
    if (tier != null) {
      int delta = dirt(fresh) - dirt(record);
      if (delta != 0) {
        tier.addDirty(slot, delta);
      }
    }
  }

  private static void add(int[] counts, int slot, int delta) {
    if (delta != 0) {
      INTS.setOpaque(counts, slot, counts[slot] + delta);
    }
  }

  private static int living(long record) {
    return record == Record.NONE || Record.tombstone(record) ? 0 : 1;
  }

  private static int expiring(long record) {
    return record != Record.NONE && Record.expires(record) ? 1 : 0;
  }

  private static int dirt(long record) {
    return record != Record.NONE && Record.dirty(record) ? 1 : 0;
  }

  /// The counts beside the tier; there is one.
  public TierCounts counts() {
    if (tier == null) {
      throw new IllegalStateException("no tier");
    }
    return tier;
  }

  private RecordTable table(Key key) {
    RecordTable table = tables[key.slot()];
    if (table == null) {
      throw new IllegalStateException("no table in slot " + key.slot());
    }
    return table;
  }

  private void lower(int slot, long expiryMillis) {
    if (expiryMillis < earliest[slot]) {
      LONGS.setOpaque(earliest, slot, expiryMillis);
    }
  }
}
