package io.karst.value;

import io.karst.base.Bytes;
import io.karst.base.CommandException;

/// Reads what [RdbWriter] writes, and what Redis does. The two highest bits of a length's first
/// byte say how it goes on:
///
/// ```
/// 00llllll             the length
/// 01llllll llllllll    the length, high byte first
/// 10000000 4 bytes     the length, high byte first
/// 10000001 8 bytes     the length, high byte first
/// 11eeeeee             no length, but encoding e of what would follow it
/// ```
///
/// Trusts nothing: what does not fit the input is a [CommandException], `ERR Bad data format`.
/// Thread: its owner's.
public final class RdbReader {
  private final byte[] array;
  private final int end;
  private int at;

  /// Reads `length` bytes of `array` from `offset` on; they must not change.
  public RdbReader(byte[] array, int offset, int length) {
    this.array = array;
    at = offset;
    end = offset + length;
  }

  public static CommandException malformed() {
    return CommandException.err("Bad data format");
  }

  /// The number of bytes that are left.
  public int remaining() {
    return end - at;
  }

  /// The next byte, 0 to 255.
  public int readByte() {
    need(1);
    return array[at++] & 0xff;
  }

  /// The next byte without going past it, 0 to 255.
  public int peekByte() {
    need(1);
    return array[at] & 0xff;
  }

  /// The next `count` bytes as a signed number, the lowest first.
  public long readLittleEndian(int count) {
    need(count);
    long value = 0;
    for (int i = 0; i < count; i++) {
      value |= (array[at++] & 0xffL) << (i * Byte.SIZE);
    }
    int unused = Long.SIZE - count * Byte.SIZE;
    return value << unused >> unused;
  }

  /// A length, 0 to `max`.
  public int readLength(int max) {
    int head = readByte();
    long length =
        switch (head & 0xc0) {
          case RdbWriter.LENGTH_6 -> head & 0x3f;
          case RdbWriter.LENGTH_14 -> (head & 0x3f) << Byte.SIZE | readByte();
          default -> readWideLength(head);
        };
    if (length < 0 || length > max) {
      throw malformed();
    }
    return (int) length;
  }

  /// The next `length` bytes as a view of the input.
  public Bytes readBytes(int length) {
    need(length);
    Bytes bytes = Bytes.of(array, at, length);
    at += length;
    return bytes;
  }

  /// Decompresses the next `length` bytes, which must become `decompressedLength` of them.
  public Bytes readCompressed(int length, int decompressedLength) {
    need(length);
    if (Lzf.length(array, at, length) != decompressedLength) {
      throw malformed();
    }
    byte[] bytes = Lzf.decompress(array, at, length, decompressedLength);
    at += length;
    return Bytes.of(bytes);
  }

  private long readWideLength(int head) {
    return switch (head) {
      case RdbWriter.LENGTH_32 ->
          Integer.toUnsignedLong(Integer.reverseBytes((int) readLittleEndian(Integer.BYTES)));
      case RdbWriter.LENGTH_64 -> Long.reverseBytes(readLittleEndian(Long.BYTES));
      default -> throw malformed();
    };
  }

  private void need(int count) {
    if (count < 0 || count > end - at) {
      throw malformed();
    }
  }
}
