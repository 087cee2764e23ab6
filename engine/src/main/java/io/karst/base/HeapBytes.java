package io.karst.base;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Objects;

/// A slice of a heap array.
///
/// The slice can be moved ([#set]), so that a decoder describes the arguments of one command
/// after another with the same objects. Thread: its owner's; safe to share once it stays put.
public final class HeapBytes extends Bytes {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private byte[] array;
  private int offset;
  private int length;

  HeapBytes(byte[] array, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, array.length);
    this.array = array;
    this.offset = offset;
    this.length = length;
  }

  /// An empty slice, to be [#set].
  public HeapBytes() {
    this(new byte[0], 0, 0);
  }

  /// Describes `length` bytes of `array` from `offset` on from now on.
  public void set(byte[] newArray, int newOffset, int newLength) {
    Objects.checkFromIndexSize(newOffset, newLength, newArray.length);
    array = newArray;
    offset = newOffset;
    length = newLength;
  }

  public byte[] array() {
    return array;
  }

  public int offset() {
    return offset;
  }

  @Override
  public int length() {
    return length;
  }

  @Override
  public byte at(int index) {
    return array[offset + Objects.checkIndex(index, length)];
  }

  @Override
  public long longAt(int index) {
    Objects.checkFromIndexSize(index, Long.BYTES, length);
    return (long) LONG.get(array, offset + index);
  }

  @Override
  public Bytes slice(int from, int sliceLength) {
    Objects.checkFromIndexSize(from, sliceLength, length);
    return new HeapBytes(array, offset + from, sliceLength);
  }

  @Override
  public void copyTo(int from, byte[] target, int at, int count) {
    Objects.checkFromIndexSize(from, count, length);
    System.arraycopy(array, offset + from, target, at, count);
  }
}
