package io.karst.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.base.Bytes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/// An [OrderedIndex] beside a sorted list of what should be in it; it owns the records.
final class IndexModel implements AutoCloseable {
  /// What the list holds: the key is a copy on the heap.
  record Entry(long rank, Bytes key, long record) implements Comparable<Entry> {
    @Override
    public int compareTo(Entry that) {
      int ranks = Long.compare(rank, that.rank);
      return ranks != 0 ? ranks : key.compareTo(that.key);
    }
  }

  final OrderedIndex index;
  final List<Entry> entries = new ArrayList<>();
  private final Allocator allocator;
  private final Magazine magazine;

  IndexModel(Allocator allocator, Magazine magazine, OrderedIndex index) {
    this.allocator = allocator;
    this.magazine = magazine;
    this.index = index;
  }

  /// A key of up to 19 bytes that has a beginning in common with many others, of bytes that tell a
  /// signed order from an unsigned one.
  static Bytes key(Random random) {
    byte[] key = new byte[random.nextInt(20)];
    for (int i = 0; i < key.length; i++) {
      key[i] = (byte) (i < random.nextInt(20) ? 0x80 : random.nextInt(256));
    }
    return Bytes.of(key);
  }

  Entry entry(long rank, Bytes key) {
    return new Entry(rank, key, create(key));
  }

  /// Adds a new entry unless there is one of that rank and key; returns whether there was none.
  boolean add(long rank, Bytes key) {
    int at = Collections.binarySearch(entries, new Entry(rank, key, Record.NONE));
    if (at >= 0) {
      return false;
    }
    Entry entry = entry(rank, key);
    index.add(magazine, rank, entry.record);
    entries.add(~at, entry);
    return true;
  }

  void append(long rank, Bytes key) {
    Entry entry = entry(rank, key);
    index.append(magazine, rank, entry.record);
    entries.add(entry);
  }

  void remove(int position) {
    Entry entry = entries.remove(position);
    index.remove(magazine, entry.rank, entry.record);
    Record.free(magazine, entry.record);
  }

  /// Gives an entry another rank: the new one is added before the old one goes.
  void rerank(int position, long rank) {
    Entry old = entries.get(position);
    Entry fresh = new Entry(rank, old.key, old.record);
    int at = Collections.binarySearch(entries, fresh);
    if (at < 0) {
      index.add(magazine, rank, old.record);
      entries.add(~at, fresh);
      index.remove(magazine, old.rank, old.record);
      entries.remove(~at <= position ? position + 1 : position);
    }
  }

  /// Moves a record; the old one is gone before the index hears of it.
  void relocate(int position) {
    Entry old = entries.get(position);
    long moved = Record.relocate(magazine, old.record);
    index.relocate(old.rank, old.record, moved);
    entries.set(position, new Entry(old.rank, old.key, moved));
  }

  /// How many entries come before a rank and a key.
  int before(long rank, Bytes key, boolean inclusive) {
    int at = Collections.binarySearch(entries, new Entry(rank, key, Record.NONE));
    return at < 0 ? ~at : inclusive ? at + 1 : at;
  }

  /// Fails unless the index holds what the list does, and is whole; returns how many of its nodes
  /// lie in sparse slabs.
  int check() {
    int sparse = IndexCheck.check(index, allocator);
    List<Entry> shown = new ArrayList<>();
    index.visit(0, Long.MAX_VALUE, false, (rank, record) -> shown.add(entryOf(rank, record)));
    assertThat(shown).isEqualTo(entries);
    return sparse;
  }

  static Entry entryOf(long rank, long record) {
    return new Entry(rank, Record.key(record).copy(), record);
  }

  @Override
  public void close() {
    index.clear(magazine);
    assertThat(index.overhead()).isZero();
    assertThat(index.count()).isZero();
    entries.forEach(entry -> Record.free(magazine, entry.record));
    entries.clear();
  }

  private long create(Bytes key) {
    return Record.create(magazine, key, 0, 8, Record.NO_EXPIRY, 0);
  }
}
