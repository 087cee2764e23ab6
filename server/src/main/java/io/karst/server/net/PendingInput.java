package io.karst.server.net;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/// The bytes of a connection that wait for more, or for their turn; most of the time there are
/// none, and then it holds no array worth mentioning. Thread: its connection's loop.
final class PendingInput {
  /// The array is kept, once it is empty, up to this size.
  private static final int KEPT_MAX = 512;

  private static final byte[] NONE = new byte[0];

  private byte[] array = NONE;
  private int size;

  byte[] array() {
    return array;
  }

  int size() {
    return size;
  }

  int capacity() {
    return array.length;
  }

  /// Appends everything `in` holds.
  void append(ByteBuf in) {
    int count = in.readableBytes();
    reserve(count);
    in.readBytes(array, size, count);
    size += count;
  }

  /// Holds `count` bytes of `source` from `from` on and nothing else.
  void set(byte[] source, int from, int count) {
    size = 0;
    reserve(count);
    System.arraycopy(source, from, array, 0, count);
    shrink(count);
  }

  /// Holds only `count` of its bytes, those from `from` on.
  void drop(int from, int count) {
    System.arraycopy(array, from, array, 0, count);
    shrink(count);
  }

  private void shrink(int count) {
    size = count;
    if (array.length > KEPT_MAX && count < array.length / 4) {
      array = count == 0 ? NONE : Arrays.copyOf(array, count);
    }
  }

  /// Holds nothing.
  void clear() {
    size = 0;
    array = NONE;
  }

  private void reserve(int count) {
    if (array.length - size < count) {
      int needed = Math.addExact(size, count);
      int room = (int) Math.min(Integer.MAX_VALUE - 8, Math.max(64, (long) array.length * 2));
      array = Arrays.copyOf(array, Math.max(needed, room));
    }
  }
}
