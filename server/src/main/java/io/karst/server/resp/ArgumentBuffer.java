package io.karst.server.resp;

import io.karst.base.Bytes;
import java.util.Arrays;

/// Collects one large argument as it arrives.
///
/// The room grows with what has really come, by a factor of four and never past the announced
/// length: an announcement alone costs [#ROOM_MIN], and while the last copy is made the heap holds
/// 1.25 times the argument. Whoever fills it writes into [#array] from [#position] on, so that
/// bytes go from the socket's buffer to their place in one copy.
///
/// Thread: its connection's.
public final class ArgumentBuffer {
  /// The room there is before anything has arrived, in bytes.
  private static final int ROOM_MIN = 64 << 10;

  private static final int GROWTH = 4;

  /// The CR and LF after the argument, which are collected with it.
  private static final int TERMINATOR = 2;

  private final int size;
  private byte[] array;
  private int position;

  /// - `length`: the announced length of the argument in bytes.
  ArgumentBuffer(int length) {
    size = length + TERMINATOR;
    array = new byte[Math.min(size, ROOM_MIN)];
  }

  /// The bytes still to come; 0 when the argument is complete.
  public int missing() {
    return size - position;
  }

  /// The bytes held.
  public int received() {
    return position;
  }

  /// Makes room for `count` more bytes, at most [#missing], and returns the array to write them to
  /// from [#position] on.
  ///
  /// - throws [OutOfMemoryError] if the heap cannot hold them; nothing is lost or changed.
  public byte[] array(int count) {
    if (array.length - position < count) {
      array = Arrays.copyOf(array, room(position + count));
    }
    return array;
  }

  /// The next room: at least `needed`. The last but one is no more than a quarter of the whole, so
  /// that copying it into the whole takes no more than 1.25 times the argument.
  private int room(int needed) {
    int quarter = size / GROWTH;
    long next = (long) array.length * GROWTH;
    if (next > quarter) {
      next = array.length < quarter && needed <= quarter ? quarter : size;
    }
    return (int) Math.max(needed, next);
  }

  public int position() {
    return position;
  }

  /// Notes that `count` bytes have been written.
  public void advance(int count) {
    position += count;
  }

  /// Takes as much as it misses from `source`; returns how much that was.
  public int add(byte[] source, int from, int count) {
    int taken = Math.min(count, missing());
    System.arraycopy(source, from, array(taken), position, taken);
    advance(taken);
    return taken;
  }

  /// The complete argument.
  Bytes argument() {
    return Bytes.of(array, 0, size - TERMINATOR);
  }
}
