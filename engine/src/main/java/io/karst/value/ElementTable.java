package io.karst.value;

import io.karst.base.Bytes;
import io.karst.base.Fault;
import io.karst.memory.Allocator;
import io.karst.memory.Hasher;
import io.karst.memory.Magazine;
import io.karst.memory.OrderedIndex;
import io.karst.memory.Record;
import io.karst.memory.RecordPredicate;
import io.karst.memory.RecordTable;
import io.karst.memory.RecordVisitor;
import io.karst.memory.Relocation;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// A large hash, set or sorted set: a table of records like that of the keys, an element each, so
/// that an element has its expiry where a key has it. The value of a hash's field is the record's
/// value, and so are the 64 bits of a member's score ([Scores#bytes]); a sorted set has an
/// [OrderedIndex] of its records besides.
///
/// Records that are replaced or removed are handed to the caller, who frees them when nobody looks
/// at them any more. Cost: that of [RecordTable]. Under the lock of the key's slot.
public final class ElementTable extends LargeValue {
  private final Hasher hasher;
  private final RecordTable table;

  /// Null if the elements have no order.
  private final @Nullable OrderedIndex order;

  /// What the records take, in bytes.
  private long recordBytes;

  private ElementTable(Hasher hasher, @Nullable OrderedIndex order) {
    this.hasher = hasher;
    this.order = order;
    table = new RecordTable(hasher);
  }

  /// A table for the elements of a collection of `type`, without any.
  ///
  /// - `hasher`: that of its key ([Hasher#of]).
  public static ElementTable of(ValueType type, Hasher hasher) {
    return new ElementTable(hasher, type == ValueType.SORTED_SET ? new OrderedIndex() : null);
  }

  @Override
  public int count() {
    return table.size();
  }

  @Override
  long elementBytes() {
    return recordBytes + table.overhead() + (order == null ? 0 : order.overhead());
  }

  /// The hash of an element, for the methods that take one: so that it is computed once.
  public long hash(Bytes element) {
    return hasher.hash(element);
  }

  /// The hash here of an element with the hash `plain` in all tables ([#plainHash]).
  public long hashOfPlain(long plain) {
    return hasher.ofPlain(plain);
  }

  /// The hash that the element of a record has in common with its like in other tables.
  public long plainHash(long record) {
    return hasher.plain(Record.key(record));
  }

  /// The record of an element, or [Record#NONE].
  public long find(Bytes element) {
    return table.find(hasher.hash(element), element);
  }

  /// As [#find(Bytes)].
  public long find(long hash, Bytes element) {
    return table.find(hash, element);
  }

  /// Adds the record of an element that is not here.
  ///
  /// - throws [io.karst.base.Fault.OutOfMemory]; nothing has changed then.
  public void add(Magazine magazine, long hash, long record) {
    table.add(magazine, hash, record);
    if (order != null) {
      try {
        order.add(magazine, rank(record), record);
      } catch (Fault.OutOfMemory full) {
        table.remove(magazine, hash, record);
        throw full;
      }
    }
    recordBytes += Record.blockSize(record);
  }

  /// As [#add(Magazine, long, long)].
  public void add(Magazine magazine, long record) {
    add(magazine, hashOf(record), record);
  }

  /// Makes room for `count` more elements, which have no order: adding them does not fail then, nor
  /// does replacing any.
  ///
  /// - `expiring`: whether they expire.
  /// - throws [io.karst.base.Fault.OutOfMemory]; no element has changed then.
  public void ensureRoom(Magazine magazine, int count, boolean expiring) {
    table.ensureRoom(magazine, count, expiring);
  }

  /// Adds the record of a member that comes behind all others of a sorted set.
  ///
  /// - throws [Fault.OutOfMemory]; nothing has changed then.
  public void append(Magazine magazine, long record) {
    OrderedIndex index = order();
    table.add(magazine, hashOf(record), record);
    try {
      index.append(magazine, rank(record), record);
    } catch (Fault.OutOfMemory full) {
      table.remove(magazine, hashOf(record), record);
      throw full;
    }
    recordBytes += Record.blockSize(record);
  }

  /// Gives the record of a member another score.
  ///
  /// - throws [Fault.OutOfMemory]; nothing has changed then.
  public void score(Magazine magazine, long record, double score) {
    OrderedIndex index = order();
    long before = rank(record);
    long after = Scores.rank(score);
    if (before != after) {
      index.add(magazine, after, record);
      index.remove(magazine, before, record);
    }
    Record.write(record, 0, Scores.bytes(score));
  }

  /// The order of the members of a sorted set.
  public OrderedIndex order() {
    return Objects.requireNonNull(order);
  }

  /// Puts another record of the same element, and the same score, in the place of one.
  ///
  /// - throws [io.karst.base.Fault.OutOfMemory]; nothing has changed then.
  public void replace(Magazine magazine, long record, long fresh) {
    table.replace(magazine, hashOf(record), record, fresh);
    if (order != null) {
      order.relocate(rank(record), record, fresh);
    }
    recordBytes += Record.blockSize(fresh) - Record.blockSize(record);
  }

  /// Takes a record out.
  public void remove(Magazine magazine, long hash, long record) {
    if (order != null) {
      order.remove(magazine, rank(record), record);
    }
    table.remove(magazine, hash, record);
    recordBytes -= Record.blockSize(record);
  }

  /// Notes that the block of a record has become larger or smaller by so many bytes.
  public void resized(long bytes) {
    recordBytes += bytes;
  }

  /// Changes the expiry of a record that has one.
  public void expiry(Magazine magazine, long record, long expiryMillis) {
    table.expiry(magazine, hashOf(record), record, expiryMillis);
  }

  /// A lower bound of the expiries, [Long#MAX_VALUE] if nothing expires.
  public long earliestExpiry() {
    return table.expiring() == 0 ? Long.MAX_VALUE : table.earliestExpiry();
  }

  /// Whether any element expires.
  public boolean expires() {
    return table.expiring() > 0;
  }

  /// See [RecordTable#collectDue].
  public int collectDue(long nowMillis, long[] due) {
    return table.collectDue(nowMillis, due);
  }

  /// An element chosen at random, each with the same chance.
  public long random(RandomGenerator random) {
    return table.random(random);
  }

  /// See [RecordTable#scan].
  public long scan(long cursor, int count, RecordVisitor visitor) {
    return table.scan(cursor, count, visitor);
  }

  /// Shows every record. The visitor changes nothing in here.
  public void forEach(RecordVisitor visitor) {
    table.forEach(visitor);
  }

  /// See [RecordTable#forEachWhile].
  public boolean forEachWhile(RecordPredicate visitor) {
    return table.forEachWhile(visitor);
  }

  /// See [RecordTable#touchHome].
  public long touchHome(long hash) {
    return table.touchHome(hash);
  }

  /// See [RecordTable#touchRecord].
  public long touchRecord(long hash) {
    return table.touchRecord(hash);
  }

  /// See [RecordTable#findSame].
  public long findSame(long hash, long other) {
    return table.findSame(hash, other);
  }

  @Override
  void freeElements(Magazine magazine) {
    if (order != null) {
      order.clear(magazine);
    }
    table.clear(magazine, record -> Record.free(magazine, record));
  }

  @Override
  int relocateSparseElements(Magazine magazine, Allocator allocator, int index, int count) {
    if (order == null) {
      return table.relocateSparse(magazine, allocator, index, count, Relocation.UNNOTICED);
    }
    // First the records, whose numbers are from 0 on, then the nodes, from -2 downwards.
    if (index >= 0) {
      Relocation relocation = (record, moved) -> order.relocate(rank(moved), record, moved);
      int next = table.relocateSparse(magazine, allocator, index, count, relocation);
      return next >= 0 ? next : -2;
    }
    long next = order.relocateSparse(magazine, allocator, -2L - index, count);
    return next < 0 ? -1 : (int) (-2 - next);
  }

  private static long rank(long record) {
    return Scores.rank(Scores.ofBytes(Record.value(record)));
  }

  /// The hash here of the element of a record.
  public long hashOf(long record) {
    return hasher.hash(Record.key(record));
  }
}
