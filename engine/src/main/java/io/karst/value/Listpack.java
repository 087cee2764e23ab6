package io.karst.value;

import io.karst.base.Bytes;
import io.karst.base.Decimal;

/// The constants of listpacks, and how many bytes an element takes in one: a sequence of strings,
/// packed so that it can be walked both ways.
///
/// ```
/// total size   4 bytes, the lowest first
/// count        2 bytes, the lowest first; 65535 if there are as many, or more
/// elements     an encoding (below), then a back length: how long the encoding is
/// end          ff
/// ```
///
/// An element that is the decimal of a 64-bit integer stands as the first of these numbers that
/// holds it, any other as a string with the shortest length: each has exactly one encoding.
///
/// ```
/// 0vvvvvvv                      0 to 127
/// 110vvvvv vvvvvvvv             13 bits with a sign, the highest first
/// f1, f2, f3, f4                2, 3, 4, 8 bytes with a sign, the lowest first
/// 10llllll                      a string of up to 63 bytes, which follow
/// 1110llll llllllll             up to 4095, the highest bits of the length first
/// f0 4 bytes                    longer, the lowest byte of the length first
/// ```
///
/// A back length has 7 bits a byte, the highest first; the highest bit of a byte says that another
/// stands before it. So it is read from behind. Redis gives it one byte more than it needs where
/// all its bits are ones, but for a single byte; so do we.
///
/// Format: docs/formats/dump-payload.md §5.
public final class Listpack {
  /// What an empty one takes: header and end.
  public static final int OVERHEAD = Integer.BYTES + Short.BYTES + 1;

  /// The count that says nothing.
  static final int COUNT_UNKNOWN = 0xffff;

  static final int HEADER_SIZE = Integer.BYTES + Short.BYTES;
  static final int END = 0xff;

  static final int INT_7_MAX = 0x7f;
  static final int STRING_6 = 0x80;
  static final int STRING_6_MAX = 0x3f;
  static final int INT_13 = 0xc0;
  static final int INT_13_MAX = (1 << 12) - 1;
  static final int STRING_12 = 0xe0;
  static final int STRING_12_MAX = (1 << 12) - 1;
  static final int STRING_32 = 0xf0;
  static final int INT_16 = 0xf1;
  static final int INT_24 = 0xf2;
  static final int INT_32 = 0xf3;
  static final int INT_64 = 0xf4;

  static final int INT_24_MAX = (1 << 23) - 1;

  /// Bits of a back length in each of its bytes.
  static final int BACK_BITS = 7;

  private Listpack() {}

  /// Whether an element stands as a number: it is the canonical decimal of 64 bits.
  public static boolean isInteger(Bytes element) {
    int length = element.length();
    if (length == 0 || length > Decimal.LENGTH_MAX) {
      return false;
    }
    // Most strings end here, before the error that the parser would have to make.
    return isDigit(element.at(length - 1))
        && (isDigit(element.at(0)) || element.at(0) == '-')
        && Decimal.isInt64(element);
  }

  /// The bytes an element takes, its back length included.
  public static long size(Bytes element) {
    return isInteger(element) ? size(Decimal.parse(element)) : sizeOfString(element.length());
  }

  /// The bytes an integer takes, its back length included.
  public static int size(long value) {
    return encodedSize(value) + 1;
  }

  /// The bytes a string that is not the decimal of an integer takes, its back length included.
  public static long sizeOfString(int length) {
    long encoded = stringHeadSize(length) + (long) length;
    return encoded + backSize(encoded);
  }

  /// Without the back length.
  static int encodedSize(long value) {
    if (value >= 0 && value <= INT_7_MAX) {
      return 1;
    }
    return switch (integerHead(value)) {
      case INT_13 -> 2;
      case INT_16 -> 1 + Short.BYTES;
      case INT_24 -> 1 + 3;
      case INT_32 -> 1 + Integer.BYTES;
      default -> 1 + Long.BYTES;
    };
  }

  /// The encoding of a number that takes more than 7 bits.
  static int integerHead(long value) {
    long magnitude = value < 0 ? ~value : value;
    if (magnitude <= INT_13_MAX) {
      return INT_13;
    } else if (magnitude <= Short.MAX_VALUE) {
      return INT_16;
    } else if (magnitude <= INT_24_MAX) {
      return INT_24;
    }
    return magnitude <= Integer.MAX_VALUE ? INT_32 : INT_64;
  }

  static int stringHeadSize(int length) {
    return length <= STRING_6_MAX ? 1 : length <= STRING_12_MAX ? 2 : 1 + Integer.BYTES;
  }

  /// The bytes the back length of an encoding takes.
  static int backSize(long encodedSize) {
    if (encodedSize <= INT_7_MAX) {
      return 1;
    }
    int size = 2;
    while (encodedSize >= (1L << (size * BACK_BITS)) - 1) {
      size++;
    }
    return size;
  }

  private static boolean isDigit(byte c) {
    return c >= '0' && c <= '9';
  }
}
