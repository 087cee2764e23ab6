package io.karst.value;

import io.karst.base.Bytes;
import io.karst.memory.Magazine;
import io.karst.memory.NativeBytes;
import io.karst.memory.Record;

/// The layout of the record of a pending entry of a [StreamGroup], which stands in two kinds of
/// [io.karst.memory.OrderedIndex]: with the milliseconds of its id as the rank, and with the time
/// of its last delivery. The key is the id, the highest byte first, the value when it was delivered
/// last, how many times it was, and the number of its consumer, the lowest byte first.
///
/// Without state. Under the lock of the key's slot.
public final class StreamPending {
  private static final int TIME = 0;
  private static final int DELIVERIES = 8;
  private static final int CONSUMER = 16;
  private static final int SIZE = 24;

  /// The number of no consumer: the entry has been given back to the group.
  static final int NOBODY = -1;

  /// When an entry was delivered that has been given back to the group: before all others.
  public static final long RELEASED_MILLIS = 0;

  private StreamPending() {}

  /// The rank of an id: ranks have a sign, milliseconds have not.
  static long rank(StreamId id) {
    return id.millis() ^ Long.MIN_VALUE;
  }

  static Bytes key(StreamId id) {
    byte[] key = new byte[2 * Long.BYTES];
    put(key, 0, Long.reverseBytes(id.millis()));
    put(key, Long.BYTES, Long.reverseBytes(id.sequence()));
    return Bytes.of(key);
  }

  static StreamId id(long record) {
    NativeBytes key = Record.key(record);
    return new StreamId(
        Long.reverseBytes(key.longAt(0)), Long.reverseBytes(key.longAt(Long.BYTES)));
  }

  static long create(Magazine magazine, StreamId id) {
    int type = ValueType.STREAM.code();
    return Record.create(magazine, key(id), type, SIZE, Record.NO_EXPIRY, 0);
  }

  static void write(long record, int consumer, long deliveredMillis, long deliveries) {
    byte[] value = new byte[SIZE];
    put(value, TIME, deliveredMillis);
    put(value, DELIVERIES, deliveries);
    put(value, CONSUMER, consumer);
    Record.write(record, 0, Bytes.of(value));
  }

  /// Milliseconds since 1970.
  public static long deliveredMillis(long record) {
    return value(record).longAt(TIME);
  }

  public static long deliveries(long record) {
    return value(record).longAt(DELIVERIES);
  }

  static int consumer(long record) {
    return (int) value(record).longAt(CONSUMER);
  }

  private static NativeBytes value(long record) {
    return Record.value(record);
  }

  private static void put(byte[] array, int at, long value) {
    for (int i = 0; i < Long.BYTES; i++) {
      array[at + i] = (byte) (value >>> (Byte.SIZE * i));
    }
  }
}
