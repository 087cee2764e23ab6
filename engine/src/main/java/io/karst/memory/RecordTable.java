package io.karst.memory;

import io.karst.base.Bytes;
import io.karst.base.Fault;
import io.karst.base.Invariant;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// A hash table of records, by key: the table of a slot, and of everything that has fields or
/// members.
///
/// *How it works.* The entries are [TableWords], sorted by hash. The table doubles at a load of
/// 3/4 and halves below 1/8. A small one is rebuilt at once; a large one keeps the old array
/// beside the new one and moves a few words at each insertion and removal ([#step]), so that no
/// single operation pays for all. Meanwhile a look-up asks both, old first.
///
/// *Scans.* A cursor is a position in hash order (its top 48 bits). Since both arrays are sorted
/// by hash whatever their size, a scan from a position shows everything behind it exactly where
/// it stands now: an element present from the first call to the last is shown, and only a table
/// that shrank in between shows one twice.
///
/// *Cost.* Look-up one or two cache misses plus the record's; 10.7 to 21 bytes of words an entry.
///
/// Thread: under the lock of the slot it belongs to. Methods that may allocate take the caller's
/// magazine and leave the table unchanged when they throw [io.karst.base.Fault.OutOfMemory].
public final class RecordTable {
  /// The bits of a scan's cursor.
  public static final int CURSOR_BITS = 48;

  /// How many records more than wanted [#sample] may bring.
  public static final int SAMPLE_EXCESS = TableSample.WINDOW - 1;

  /// Arrays of more bits than this are resized step by step.
  private static final int ONE_STEP_BITS_MAX = TableWords.SMALL_BITS_MAX;

  /// Words moved at each change of a table that is being resized.
  private static final int WORDS_PER_STEP = 16;

  private static final int BITS_MAX = 30;

  private final Hasher hasher;
  private @Nullable TableWords words;

  /// The former array while its words are being moved, those before `moved` already are.
  private @Nullable TableWords former;

  private int moved;

  /// How many records have an expiry.
  private int expiring;

  public RecordTable(Hasher hasher) {
    this.hasher = hasher;
  }

  /// The number of records.
  public int size() {
    return (words == null ? 0 : words.count()) + (former == null ? 0 : former.count());
  }

  /// The number of records that have an expiry.
  public int expiring() {
    return expiring;
  }

  /// Bytes of native memory taken by the table itself, without the records.
  public long overhead() {
    return (words == null ? 0 : words.size()) + (former == null ? 0 : former.size());
  }

  /// The record of `key`, or [Record#NONE].
  public long find(long hash, Bytes key) {
    TableWords now = words;
    if (now == null) {
      return Record.NONE;
    }
    if (former != null) {
      int index = former.find(hash, key);
      if (index >= 0) {
        return former.record(index);
      }
    }
    int index = now.find(hash, key);
    return index < 0 ? Record.NONE : now.record(index);
  }

  /// Loads the memory a look-up of `hash` begins with; the result means nothing, but must be used.
  public long touchHome(long hash) {
    return words == null ? 0 : words.touchHome(hash);
  }

  /// Loads the record a look-up of `hash` is likely to end at.
  public long touchRecord(long hash) {
    return words == null ? 0 : words.touchRecord(hash);
  }

  /// Adds a record whose key is not here.
  public void add(Magazine magazine, long hash, long record) {
    TableWords room = makeRoom(magazine);
    room.add(magazine, hash, record);
    if (Record.expires(record)) {
      expiring++;
    }
  }

  /// Makes room for `count` more records, so that no addition and no replacement until then fails.
  ///
  /// - `expiring`: whether some of them have an expiry.
  /// - throws [io.karst.base.Fault.OutOfMemory]; no record has moved out of reach then.
  public void ensureRoom(Magazine magazine, int count, boolean expiring) {
    int total = size() + count;
    TableWords now = words;
    if (now == null) {
      now = new TableWords(magazine, hasher, bitsFor(total));
      words = now;
    } else if (total > now.capacity() - (now.capacity() >>> 2)) {
      finishResize(magazine);
      now = resize(magazine, now, bitsFor(total));
    }
    TableWords old = former;
    if (expiring || (old != null && old.anyExpires())) {
      now.needBounds(magazine);
    }
    if (expiring && old != null) {
      old.needBounds(magazine);
    }
  }

  /// The bits of an array that holds so many records.
  private static int bitsFor(int records) {
    int bits = TableWords.BITS_MIN;
    while (records > (1L << bits) - (1L << (bits - 2))) {
      bits++;
    }
    Invariant.check(bits <= BITS_MAX, "a table of more than 2^30 words");
    return bits;
  }

  /// Puts `fresh` in the place of `record`, which has the same key; does not free it.
  public void replace(Magazine magazine, long hash, long record, long fresh) {
    TableWords holder = holder(hash, record);
    holder.replace(magazine, holder.indexOf(hash, record), fresh);
    expiring += (Record.expires(fresh) ? 1 : 0) - (Record.expires(record) ? 1 : 0);
  }

  /// Changes the expiry of a record that has one already.
  public void expiry(Magazine magazine, long hash, long record, long expiryMillis) {
    TableWords holder = holder(hash, record);
    holder.expires(magazine, holder.indexOf(hash, record), expiryMillis);
    Record.expiry(record, expiryMillis);
  }

  /// Notes when the first element of a record, which is an object, expires; [Long#MAX_VALUE] if
  /// none does.
  public void elementExpiry(Magazine magazine, long hash, long record, long expiryMillis) {
    // Its own expiry too: whoever collected it for its elements has made the table forget both.
    long own = Record.expires(record) ? Record.expiry(record) : Long.MAX_VALUE;
    long earliest = Math.min(own, expiryMillis);
    if (earliest != Long.MAX_VALUE) {
      TableWords holder = holder(hash, record);
      holder.expires(magazine, holder.indexOf(hash, record), earliest);
    }
    Record.elementExpiry(record, expiryMillis);
  }

  /// Makes a record a tombstone where it lies.
  public void bury(long record) {
    if (Record.expires(record)) {
      expiring--;
    }
    Record.bury(record);
  }

  /// Takes a record out; does not free it.
  public void remove(Magazine magazine, long hash, long record) {
    TableWords holder = holder(hash, record);
    holder.remove(holder.indexOf(hash, record));
    if (Record.expires(record)) {
      expiring--;
    }
    shrink(magazine);
  }

  /// Takes out all records, showing each to `visitor`, and gives the arrays back.
  public void clear(Magazine magazine, RecordVisitor visitor) {
    forEach(visitor);
    if (former != null) {
      former.free(magazine);
      former = null;
    }
    if (words != null) {
      words.free(magazine);
      words = null;
    }
    expiring = 0;
  }

  /// Shows every record. The visitor changes nothing in this table.
  public void forEach(RecordVisitor visitor) {
    forEachWhile(record -> {
      visitor.visit(record);
      return true;
    });
  }

  /// Shows records as long as `visitor` wants more; whether it did to the end. It changes nothing
  /// in this table.
  public boolean forEachWhile(RecordPredicate visitor) {
    return (former == null || former.visitWhile(visitor))
        && (words == null || words.visitWhile(visitor));
  }

  /// The record with the key that `other`, a record elsewhere, has, or [Record#NONE].
  public long findSame(long hash, long other) {
    TableWords now = words;
    if (now == null) {
      return Record.NONE;
    }
    if (former != null) {
      int index = former.findSame(hash, other);
      if (index >= 0) {
        return former.record(index);
      }
    }
    int index = now.findSame(hash, other);
    return index < 0 ? Record.NONE : now.record(index);
  }

  /// Shows records from a cursor on, about `count` of them, and returns the cursor to go on with,
  /// 0 at the end.
  ///
  /// - `cursor`: 0 to begin, or what the last call returned; any number below 2^48 is safe.
  /// - `count`: at least 1. Stops after the group of homes in which it is reached.
  public long scan(long cursor, int count, RecordVisitor visitor) {
    TableWords now = words;
    if (now == null) {
      return 0;
    }
    int bits = former == null ? now.bits : Math.min(now.bits, former.bits);
    int shift = CURSOR_BITS - bits;
    long groups = 1L << bits;
    int stride = 8; // Homes visited together: as many words as a cache line holds.
    long group = cursor >>> shift;
    for (int visited = 0; group < groups && visited < count; group += stride) {
      long end = Math.min(group + stride, groups);
      if (former != null) {
        visited += visit(former, group, end, bits, visitor);
      }
      visited += visit(now, group, end, bits, visitor);
    }
    return group >= groups ? 0 : group << shift;
  }

  /// A record chosen at random, each with the same chance, or [Record#NONE] if there is none.
  ///
  /// Draws words until one is taken: 1.3 to 8 draws on average, by the load.
  public long random(RandomGenerator random) {
    TableWords now = words;
    if (now == null || size() == 0) {
      return Record.NONE;
    }
    int extra = former == null ? 0 : former.capacity();
    while (true) {
      int index = random.nextInt(now.capacity() + extra);
      long record =
          former != null && index < extra ? former.record(index) : now.record(index - extra);
      if (record != Record.NONE) {
        return record;
      }
    }
  }

  /// Puts some neighbouring records into `found`, from a random place on; returns how many. Each
  /// has about the same chance. There may be none in reach though the table has some.
  ///
  /// - `expiring`: whether only records that have an expiry are wanted.
  /// - `wanted`: about how many; up to [#SAMPLE_EXCESS] more may come.
  public int sample(RandomGenerator random, boolean expiring, long[] found, int wanted) {
    TableWords from = words;
    int size = size();
    if (from == null || size == 0) {
      return 0;
    }
    if (former != null && random.nextInt(size) < former.count()) {
      from = former;
    }
    return expiring
        ? TableSample.expiring(from, random, found, wanted)
        : TableSample.any(from, random, found, wanted);
  }

  /// Whether a record is still in this table; it is not looked at, and may be gone.
  public boolean contains(long hash, long record) {
    return (words != null && words.indexOf(hash, record) >= 0)
        || (former != null && former.indexOf(hash, record) >= 0);
  }

  /// A lower bound of the expiries, [Long#MAX_VALUE] if nothing expires.
  public long earliestExpiry() {
    long earliest = words == null ? Long.MAX_VALUE : words.earliest();
    return former == null ? earliest : Math.min(earliest, former.earliest());
  }

  /// Collects records that are due, or have an element that is, as many as `due` holds, and returns
  /// how many. The caller removes all of them, or what is due of them, before it lets the lock go.
  public int collectDue(long nowMillis, long[] due) {
    int found = former == null ? 0 : former.collectDue(nowMillis, due, 0);
    return words == null ? found : words.collectDue(nowMillis, due, found);
  }

  /// Moves records out of sparse slabs, for up to `count` words from `index` on; returns the index
  /// to go on with, or -1 when all have been seen.
  public int relocateSparse(
      Magazine magazine, Allocator allocator, int index, int count, Relocation relocation) {
    finishResize(magazine);
    TableWords now = words;
    if (now == null) {
      return -1;
    }
    if (index == 0 && now.sparse(allocator)) {
      now = rebuild(magazine, now, now.bits);
    }
    int end = Math.min(now.capacity(), index + count);
    now.relocateSparse(magazine, allocator, index, end, relocation);
    return end == now.capacity() ? -1 : end;
  }

  private static int visit(TableWords in, long from, long to, int bits, RecordVisitor visitor) {
    int finer = in.bits - bits;
    return in.visit((int) (from << finer), (int) (to << finer), visitor);
  }

  /// The array that holds `record`, which is in this table.
  private TableWords holder(long hash, long record) {
    TableWords old = former;
    if (old != null && old.indexOf(hash, record) >= 0) {
      return old;
    }
    TableWords now = words;
    if (now == null || now.indexOf(hash, record) < 0) {
      throw Invariant.violated("a record is not in the table it belongs to");
    }
    return now;
  }

  /// The array to add to, with at least one word to spare after the addition.
  private TableWords makeRoom(Magazine magazine) {
    TableWords now = words;
    if (now == null) {
      now = new TableWords(magazine, hasher, TableWords.BITS_MIN);
      words = now;
      return now;
    }
    step(magazine);
    int total = size() + 1;
    if (total <= now.capacity() - (now.capacity() >>> 2)) {
      return now;
    }
    finishResize(magazine);
    Invariant.check(now.bits < BITS_MAX, "a table of more than 2^30 words");
    return resize(magazine, now, now.bits + 1);
  }

  /// Makes the table smaller if it has become sparse; a removal never fails for want of memory.
  private void shrink(Magazine magazine) {
    TableWords now = words;
    if (now == null) {
      return;
    }
    try {
      step(magazine);
      if (former != null) {
        return;
      }
      if (size() == 0) {
        now.free(magazine);
        words = null;
      } else if (now.bits > TableWords.BITS_MIN && size() < now.capacity() >>> 3) {
        resize(magazine, now, now.bits - 1);
      }
    } catch (Fault.OutOfMemory full) {
      // The sparse array does as well; the next removal tries again.
    }
  }

  private TableWords resize(Magazine magazine, TableWords now, int bits) {
    if (Math.max(bits, now.bits) <= ONE_STEP_BITS_MAX) {
      return rebuild(magazine, now, bits);
    }
    TableWords fresh = new TableWords(magazine, hasher, bits);
    former = now;
    moved = 0;
    words = fresh;
    return fresh;
  }

  private TableWords rebuild(Magazine magazine, TableWords now, int bits) {
    TableWords fresh = new TableWords(magazine, hasher, bits);
    try {
      now.moveTo(magazine, fresh, 0, now.capacity());
    } catch (Fault.OutOfMemory full) {
      fresh.free(magazine);
      throw full;
    }
    now.free(magazine);
    words = fresh;
    return fresh;
  }

  private void step(Magazine magazine) {
    move(magazine, WORDS_PER_STEP);
  }

  private void finishResize(Magazine magazine) {
    move(magazine, Integer.MAX_VALUE);
  }

  private void move(Magazine magazine, int atLeast) {
    TableWords from = former;
    TableWords to = words;
    if (from == null || to == null) {
      return;
    }
    moved = from.moveTo(magazine, to, moved, atLeast);
    if (moved == from.capacity()) {
      Invariant.check(from.count() == 0, "a resize left records behind");
      from.free(magazine);
      former = null;
    }
  }
}
