package io.karst.value;

import io.karst.base.Bytes;
import io.karst.base.Decimal;

/// A string as RDB has it, on its own or within a collection:
///
/// - a length and the bytes;
/// - `0xc0`, `0xc1`, `0xc2` and 1, 2, 4 bytes: the decimal of a number, its lowest byte first;
/// - `0xc3`, a length, the decompressed length, and that many bytes of [Lzf].
///
/// Written are always the shortest of the three that Redis would take.
public final class RdbStringCodec {
  private static final int ENCODED = 0xc0;
  private static final int INT_8 = 0xc0;
  private static final int INT_16 = 0xc1;
  private static final int INT_32 = 0xc2;
  private static final int COMPRESSED = 0xc3;

  /// The length of the longest decimal of 32 bits.
  private static final int INT_32_LENGTH_MAX = 11;

  /// Strings up to here are not worth compressing, nor is a gain of fewer than four bytes.
  private static final int UNCOMPRESSED_MAX = 20;

  private static final int GAIN_MIN = 4;

  private static final String UNKNOWN_ENCODING = "a string of an encoding there is none of";

  private RdbStringCodec() {}

  public static void write(RdbWriter out, Bytes value) {
    if (!writeAsInteger(out, value)
        && (value.length() <= UNCOMPRESSED_MAX || !writeCompressed(out, value))) {
      out.writeLength(value.length());
      out.writeBytes(value);
    }
  }

  /// As [#write], but never compressed.
  public static void writePlain(RdbWriter out, Bytes value) {
    if (!writeAsInteger(out, value)) {
      out.writeLength(value.length());
      out.writeBytes(value);
    }
  }

  /// The next string, a view of the input where it can be.
  ///
  /// - `max`: the longest one allowed, in bytes. Memory is taken only for what the input really
  ///   holds.
  /// - throws [RdbReader#malformed] if there is none.
  public static Bytes read(RdbReader in, int max) {
    int head = in.peekByte();
    if ((head & ENCODED) != ENCODED) {
      return in.readBytes(in.readLength(max));
    }
    in.readByte();
    return switch (head) {
      case INT_8 -> Decimal.of(in.readLittleEndian(Byte.BYTES));
      case INT_16 -> Decimal.of(in.readLittleEndian(Short.BYTES));
      case INT_32 -> Decimal.of(in.readLittleEndian(Integer.BYTES));
      case COMPRESSED -> {
        int length = in.readLength(Integer.MAX_VALUE);
        yield in.readCompressed(length, in.readLength(max));
      }
      default -> throw in.malformed(UNKNOWN_ENCODING);
    };
  }

  /// Goes past the next string, whatever its length, without looking at its bytes.
  ///
  /// - throws [RdbReader#malformed] if there is none.
  public static void skip(RdbReader in) {
    int head = in.peekByte();
    if ((head & ENCODED) != ENCODED) {
      in.skip(in.readLength(Long.MAX_VALUE));
      return;
    }
    in.readByte();
    switch (head) {
      case INT_8 -> in.skip(Byte.BYTES);
      case INT_16 -> in.skip(Short.BYTES);
      case INT_32 -> in.skip(Integer.BYTES);
      case COMPRESSED -> {
        long length = in.readLength(Long.MAX_VALUE);
        in.readLength(Long.MAX_VALUE);
        in.skip(length);
      }
      default -> throw in.malformed(UNKNOWN_ENCODING);
    }
  }

  /// Writes a decimal of at most 32 bits as a number; false for anything else.
  private static boolean writeAsInteger(RdbWriter out, Bytes value) {
    if (value.length() > INT_32_LENGTH_MAX || !Decimal.isInt64(value)) {
      return false;
    }
    long number = Decimal.parse(value);
    if (number != (int) number) {
      return false;
    }
    writeInteger(out, (int) number);
    return true;
  }

  private static void writeInteger(RdbWriter out, int number) {
    if (number == (byte) number) {
      out.writeByte(INT_8);
      out.writeLittleEndian(number, Byte.BYTES);
    } else if (number == (short) number) {
      out.writeByte(INT_16);
      out.writeLittleEndian(number, Short.BYTES);
    } else {
      out.writeByte(INT_32);
      out.writeLittleEndian(number, Integer.BYTES);
    }
  }

  private static boolean writeCompressed(RdbWriter out, Bytes value) {
    byte[] compressed = new byte[value.length() - GAIN_MIN];
    int length = Lzf.compress(value.toArray(), compressed);
    if (length == 0) {
      return false;
    }
    out.writeByte(COMPRESSED);
    out.writeLength(length);
    out.writeLength(value.length());
    out.writeBytes(compressed, 0, length);
    return true;
  }
}
