package io.karst.value;

import io.karst.base.Bytes;
import io.karst.base.CommandException;
import io.karst.base.HeapBytes;

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
/// Trusts nothing: what does not fit the input is [#malformed]. This class reads an array, where
/// that is a [CommandException], `ERR Bad data format`; a subclass may have more input to come
/// ([#fill]), and an error of its own.
///
/// Thread: its owner's.
public class RdbReader {
  /// What is at hand: from `at`, the next byte, to `end`.
  protected byte[] array;

  protected int at;
  protected int end;

  /// Reads `length` bytes of `array` from `offset` on; they must not change.
  public RdbReader(byte[] array, int offset, int length) {
    this.array = array;
    at = offset;
    end = offset + length;
  }

  /// Reads a payload to its end.
  public static RdbReader of(Bytes payload) {
    HeapBytes bytes = payload instanceof HeapBytes heap ? heap : (HeapBytes) payload.copy();
    return new RdbReader(bytes.array(), bytes.offset(), bytes.length());
  }

  /// The error of input that is not what it should be.
  ///
  /// - `what`: what it is instead, for people: `a length that is none`.
  public RuntimeException malformed(String what) {
    return CommandException.err("Bad data format");
  }

  /// Gets `count` bytes from `at` on to hand, more than there are now; may exchange the array, and
  /// move its content.
  ///
  /// - throws [#malformed] if there are not as many.
  protected void fill(int count) {
    throw malformed("the end");
  }

  /// The number of bytes at hand.
  public final int remaining() {
    return end - at;
  }

  /// The next byte, 0 to 255.
  public final int readByte() {
    need(1);
    return array[at++] & 0xff;
  }

  /// The next byte without going past it, 0 to 255.
  public final int peekByte() {
    need(1);
    return array[at] & 0xff;
  }

  /// The next `count` bytes as a signed number, the lowest first.
  public final long readLittleEndian(int count) {
    need(count);
    long value = 0;
    for (int i = 0; i < count; i++) {
      value |= (array[at++] & 0xffL) << (i * Byte.SIZE);
    }
    int unused = Long.SIZE - count * Byte.SIZE;
    return value << unused >> unused;
  }

  /// A length, 0 to `max`.
  public final int readLength(int max) {
    return (int) readLength((long) max);
  }

  /// A length, 0 to `max`.
  public final long readLength(long max) {
    long length = readNumber();
    if (length < 0 || length > max) {
      throw malformed("a length above the limit of " + max);
    }
    return length;
  }

  /// A number that is written as a length is, of 64 bits without a sign.
  public final long readNumber() {
    int head = readByte();
    return switch (head & 0xc0) {
      case RdbWriter.LENGTH_6 -> head & 0x3f;
      case RdbWriter.LENGTH_14 -> (head & 0x3f) << Byte.SIZE | readByte();
      default -> readWideNumber(head);
    };
  }

  /// The next `length` bytes as a view of what is at hand, good until the next read.
  public final Bytes readBytes(int length) {
    need(length);
    Bytes bytes = Bytes.of(array, at, length);
    at += length;
    return bytes;
  }

  /// Decompresses the next `length` bytes, which must become `decompressedLength` of them.
  public final Bytes readCompressed(int length, int decompressedLength) {
    need(length);
    if (Lzf.length(array, at, length) != decompressedLength) {
      throw malformed("a compressed string of another length");
    }
    byte[] bytes = Lzf.decompress(array, at, length, decompressedLength);
    at += length;
    return Bytes.of(bytes);
  }

  /// Goes past the next `count` bytes, of which only some need be at hand at a time.
  public final void skip(long count) {
    long left = count;
    while (left > end - at) {
      left -= end - at;
      at = end;
      fill(1);
    }
    at += (int) left;
  }

  /// A reader of a part of what this one reads, or of what that part was compressed from, whose
  /// errors are those of this one.
  final RdbReader within(Bytes part) {
    HeapBytes bytes = (HeapBytes) part;
    RdbReader whole = this;
    return new RdbReader(bytes.array(), bytes.offset(), bytes.length()) {
      @Override
      public RuntimeException malformed(String what) {
        return whole.malformed(what);
      }
    };
  }

  private long readWideNumber(int head) {
    return switch (head) {
      case RdbWriter.LENGTH_32 ->
          Integer.toUnsignedLong(Integer.reverseBytes((int) readLittleEndian(Integer.BYTES)));
      case RdbWriter.LENGTH_64 -> Long.reverseBytes(readLittleEndian(Long.BYTES));
      default -> throw malformed("a length that is none");
    };
  }

  private void need(int count) {
    if (count > end - at) {
      fill(count);
    }
  }
}
