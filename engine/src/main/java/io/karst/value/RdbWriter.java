package io.karst.value;

import io.karst.base.Bytes;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Objects;

/// Writes what RDB files and dump payloads are made of: bytes, numbers, lengths.
///
/// A length takes one byte up to 63, two up to 16383, and five or nine beyond; see [RdbReader].
/// Thread: its owner's.
public final class RdbWriter {
  static final int LENGTH_6 = 0x00;
  static final int LENGTH_14 = 0x40;
  static final int LENGTH_32 = 0x80;
  static final int LENGTH_64 = 0x81;

  /// Room behind what makes the array grow: the rest of a payload needs no second copy.
  private static final int SLACK = 32;

  /// The most bytes that stay allocated when the writer has been emptied.
  private static final int CAPACITY_KEPT_MAX = 1 << 20;

  private byte[] array;
  private int size;

  /// - `capacity`: the bytes expected; more are taken too.
  public RdbWriter(int capacity) {
    array = new byte[capacity];
  }

  /// What has been written, without a copy: the writer is not used any more.
  public Bytes bytes() {
    return Bytes.of(array, 0, size);
  }

  /// What has been written from an offset on, without a copy: valid until [#clear].
  public Bytes bytes(int from) {
    return Bytes.of(array, from, size - from);
  }

  /// Begins anew; what has been written is not used any more. Keeps its array up to `kept` bytes.
  public void clear(int kept) {
    size = 0;
    if (array.length > kept) {
      array = new byte[kept];
    }
  }

  public int size() {
    return size;
  }

  /// The checksum of what has been written.
  public long checksum() {
    return checksum(0);
  }

  /// The checksum of what `before` is the checksum of, and what has been written after it.
  public long checksum(long before) {
    return Crc64.extend(before, array, 0, size);
  }

  /// Moves what has been written to `out`. What a long string made the array grow by is let go.
  public void drainTo(OutputStream out) throws IOException {
    out.write(array, 0, size);
    clear(CAPACITY_KEPT_MAX);
  }

  public void writeByte(int value) {
    reserve(1);
    array[size++] = (byte) value;
  }

  /// The lowest `count` bytes of `value`, the lowest first.
  public void writeLittleEndian(long value, int count) {
    reserve(count);
    for (int i = 0; i < count; i++) {
      array[size++] = (byte) (value >>> (i * Byte.SIZE));
    }
  }

  /// Writes over `count` bytes from `from` on, all of them written before.
  void overwriteLittleEndian(int from, long value, int count) {
    Objects.checkFromIndexSize(from, count, size);
    for (int i = 0; i < count; i++) {
      array[from + i] = (byte) (value >>> (i * Byte.SIZE));
    }
  }

  /// A length, or a number of 64 bits without a sign that is written as one.
  public void writeLength(long length) {
    if (length >>> 6 == 0) {
      writeByte(LENGTH_6 | (int) length);
    } else if (length >>> 14 == 0) {
      writeByte(LENGTH_14 | (int) (length >>> Byte.SIZE));
      writeByte((int) length);
    } else if (length >>> Integer.SIZE == 0) {
      writeByte(LENGTH_32);
      writeLittleEndian(Integer.reverseBytes((int) length), Integer.BYTES);
    } else {
      writeByte(LENGTH_64);
      writeLittleEndian(Long.reverseBytes(length), Long.BYTES);
    }
  }

  public void writeBytes(Bytes bytes) {
    int length = bytes.length();
    reserve(length);
    bytes.copyTo(0, array, size, length);
    size += length;
  }

  public void writeBytes(byte[] bytes, int offset, int length) {
    reserve(length);
    System.arraycopy(bytes, offset, array, size, length);
    size += length;
  }

  private void reserve(int more) {
    if (more > array.length - size) {
      int needed = Math.addExact(size + SLACK, more);
      int doubled = (int) Math.min(Integer.MAX_VALUE - Long.BYTES, 2L * array.length);
      array = Arrays.copyOf(array, Math.max(needed, doubled));
    }
  }
}
