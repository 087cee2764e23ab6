package io.karst.value;

import io.karst.base.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/// The score of a sorted set's member, in the ways RDB writes it.
final class RdbScore {
  /// A length that says what the score is instead.
  private static final int NAN = 253;

  private static final int POSITIVE_INFINITY = 254;
  private static final int NEGATIVE_INFINITY = 255;

  /// Longer than any text of a score that a server has written.
  private static final int TEXT_MAX = 252;

  private static final Pattern FINITE =
      Pattern.compile("[+-]?(\\d+(\\.\\d*)?|\\.\\d+)([eE][+-]?\\d+)?");

  private RdbScore() {}

  /// Eight bytes, IEEE 754, the lowest first.
  static double readBinary(RdbReader in) {
    return checked(in, Double.longBitsToDouble(in.readLittleEndian(Double.BYTES)));
  }

  static void writeBinary(RdbWriter out, double score) {
    out.writeLittleEndian(Double.doubleToRawLongBits(score), Double.BYTES);
  }

  /// One byte of length and as many digits, or a length that stands for a score without any.
  static double readText(RdbReader in) {
    int length = in.readByte();
    return switch (length) {
      case NAN -> checked(in, Double.NaN);
      case POSITIVE_INFINITY -> Double.POSITIVE_INFINITY;
      case NEGATIVE_INFINITY -> Double.NEGATIVE_INFINITY;
      default -> parse(in, in.readBytes(length));
    };
  }

  /// The element of a packed sorted set that is a score.
  static double of(RdbReader in, PackedReader element) {
    return element.isInteger() ? element.integer() : parse(in, element.bytes());
  }

  private static double parse(RdbReader in, Bytes bytes) {
    if (bytes.length() > TEXT_MAX) {
      throw in.malformed("a score that is no number");
    }
    String text = new String(bytes.toArray(), StandardCharsets.ISO_8859_1);
    if (FINITE.matcher(text).matches()) {
      return Double.parseDouble(text);
    }
    return switch (text) {
      case "inf", "+inf" -> Double.POSITIVE_INFINITY;
      case "-inf" -> Double.NEGATIVE_INFINITY;
      default -> throw in.malformed("a score that is no number");
    };
  }

  private static double checked(RdbReader in, double score) {
    if (Double.isNaN(score)) {
      throw in.malformed("a score that is no number");
    }
    return score;
  }
}
