package io.karst.value;

import io.karst.base.Bytes;
import io.karst.memory.Allocator;
import io.karst.memory.Hasher;
import io.karst.memory.Magazine;
import io.karst.memory.Record;
import io.karst.memory.RecordTable;
import io.karst.memory.RecordVisitor;
import java.util.random.RandomGenerator;

/// A large hash or set: a table of records like that of the keys, an element each, so that an
/// element has its expiry where a key has it. The value of a hash's field is the record's value.
///
/// Records that are replaced or removed are handed to the caller, who frees them when nobody looks
/// at them any more. Cost: that of [RecordTable]. Under the lock of the key's slot.
public final class ElementTable implements LargeValue {
  private final Hasher hasher;
  private final RecordTable table;

  /// What the records take, in bytes.
  private long recordBytes;

  public ElementTable(Hasher hasher) {
    this.hasher = hasher;
    table = new RecordTable(hasher);
  }

  @Override
  public int count() {
    return table.size();
  }

  @Override
  public long bytes() {
    return recordBytes + table.overhead();
  }

  /// The hash of an element, for the methods that take one: so that it is computed once.
  public long hash(Bytes element) {
    return hasher.hash(element);
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
    recordBytes += Record.blockSize(record);
  }

  /// As [#add(Magazine, long, long)].
  public void add(Magazine magazine, long record) {
    add(magazine, hash(record), record);
  }

  /// Makes room for `count` more elements: adding them does not fail then, nor does replacing any.
  ///
  /// - `expiring`: whether they expire.
  /// - throws [io.karst.base.Fault.OutOfMemory]; no element has changed then.
  public void ensureRoom(Magazine magazine, int count, boolean expiring) {
    table.ensureRoom(magazine, count, expiring);
  }

  /// Puts another record of the same element in the place of one.
  ///
  /// - throws [io.karst.base.Fault.OutOfMemory]; nothing has changed then.
  public void replace(Magazine magazine, long record, long fresh) {
    table.replace(magazine, hash(record), record, fresh);
    recordBytes += Record.blockSize(fresh) - Record.blockSize(record);
  }

  /// Takes a record out.
  public void remove(Magazine magazine, long hash, long record) {
    table.remove(magazine, hash, record);
    recordBytes -= Record.blockSize(record);
  }

  /// As [#remove(Magazine, long, long)].
  public void remove(Magazine magazine, long record) {
    remove(magazine, hash(record), record);
  }

  /// Notes that the block of a record has become larger or smaller by so many bytes.
  public void resized(long bytes) {
    recordBytes += bytes;
  }

  /// Changes the expiry of a record that has one.
  public void expiry(Magazine magazine, long record, long expiryMillis) {
    table.expiry(magazine, hash(record), record, expiryMillis);
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

  @Override
  public void free(Magazine magazine) {
    table.clear(magazine, record -> Record.free(magazine, record));
  }

  @Override
  public int relocateSparse(Magazine magazine, Allocator allocator, int index, int count) {
    return table.relocateSparse(magazine, allocator, index, count);
  }

  private long hash(long record) {
    return hasher.hash(Record.key(record));
  }
}
