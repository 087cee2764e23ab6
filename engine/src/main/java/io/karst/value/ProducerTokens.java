package io.karst.value;

import io.karst.base.Bytes;
import io.karst.memory.Allocator;
import io.karst.memory.Magazine;
import io.karst.memory.NativeBytes;
import io.karst.memory.Record;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/// The tokens of one producer of a stream, in the order in which they came, in a ring.
///
/// A token is a record: its key is the token, its value the id of its entry and when that was
/// added, 8 bytes each, the lowest byte first. It is found by its hash in an array of them, from
/// the latest on: the cost is that of as many integers compared.
///
/// Under the lock of the key's slot.
final class ProducerTokens {
  private static final int CAPACITY = 4;
  private static final int MILLIS = 0;
  private static final int SEQUENCE = 8;
  private static final int ADDED = 16;
  private static final int SIZE = 24;

  /// A power of two each.
  private long[] records = new long[CAPACITY];

  private int[] hashes = new int[CAPACITY];
  private int first;
  private int count;

  /// What the records take, in bytes.
  private long bytes;

  static long create(Magazine magazine, Bytes token, StreamId id, long addedMillis) {
    int type = ValueType.STREAM.code();
    long record = Record.create(magazine, token, type, SIZE, Record.NO_EXPIRY, 0);
    ByteBuffer value = ByteBuffer.allocate(SIZE).order(ByteOrder.LITTLE_ENDIAN);
    value.putLong(id.millis()).putLong(id.sequence()).putLong(addedMillis);
    Record.write(record, 0, Bytes.of(value.array()));
    return record;
  }

  static long addedMillis(long record) {
    return Record.value(record).longAt(ADDED);
  }

  private static StreamId id(long record) {
    NativeBytes value = Record.value(record);
    return new StreamId(value.longAt(MILLIS), value.longAt(SEQUENCE));
  }

  int count() {
    return count;
  }

  /// How many were added at a time or later.
  int countFrom(long millis) {
    int found = 0;
    for (int i = 0; i < count; i++) {
      found += addedMillis(record(i)) >= millis ? 1 : 0;
    }
    return found;
  }

  /// The id of the latest entry of a token, if it was added at a time or later; else null.
  @Nullable StreamId find(Bytes token, long fromMillis) {
    int hash = token.hashCode();
    for (int i = count - 1; i >= 0; i--) {
      if (hashes[place(i)] == hash && Record.key(record(i)).equals(token)) {
        return addedMillis(record(i)) >= fromMillis ? id(record(i)) : null;
      }
    }
    return null;
  }

  void add(long record) {
    if (count == records.length) {
      grow();
    }
    int at = place(count++);
    records[at] = record;
    hashes[at] = Record.key(record).hashCode();
    bytes += Record.blockSize(record);
  }

  private void grow() {
    long[] moreRecords = new long[2 * count];
    int[] moreHashes = new int[2 * count];
    for (int i = 0; i < count; i++) {
      moreRecords[i] = record(i);
      moreHashes[i] = hashes[place(i)];
    }
    records = moreRecords;
    hashes = moreHashes;
    first = 0;
  }

  /// Lets the oldest go, while they were added before a time, or there are more than `max`.
  void removeBefore(Magazine magazine, long millis, int max) {
    while (count > 0 && (count > max || addedMillis(record(0)) < millis)) {
      bytes -= Record.blockSize(record(0));
      Record.free(magazine, record(0));
      first = place(1);
      count--;
    }
  }

  void forEach(Bytes producer, StreamProducers.Visitor visitor) {
    for (int i = 0; i < count; i++) {
      visitor.visit(producer, Record.key(record(i)), id(record(i)), addedMillis(record(i)));
    }
  }

  long bytes() {
    return bytes;
  }

  void relocateSparse(Magazine magazine, Allocator allocator) {
    for (int i = 0; i < count; i++) {
      records[place(i)] = Record.relocateSparse(magazine, allocator, record(i));
    }
  }

  private long record(int index) {
    return records[place(index)];
  }

  private int place(int index) {
    return (first + index) & (records.length - 1);
  }
}
