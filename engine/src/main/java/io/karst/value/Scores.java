package io.karst.value;

import io.karst.base.Bytes;
import io.karst.base.Decimal;
import io.karst.base.DoubleText;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/// The scores of a sorted set: doubles but for NaN, as numbers that sort, as eight bytes, and as
/// text.
public final class Scores {
  /// The length of a score in bytes.
  public static final int SIZE = Double.BYTES;

  /// Of a text; every double has a shorter one, even with all its digits before the point.
  private static final int TEXT_MAX = 1024;

  private static final Pattern FINITE =
      Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?");
  private static final Pattern HEXADECIMAL =
      Pattern.compile("[+-]?0[xX](\\p{XDigit}+\\.?\\p{XDigit}*|\\.\\p{XDigit}+)([pP][+-]?\\d+)?");

  private Scores() {}

  /// A number that sorts as the score does; that of both zeros is the same.
  public static long rank(double score) {
    long bits = Double.doubleToRawLongBits(score + 0.0);
    return bits ^ (bits >> 63 & Long.MAX_VALUE);
  }

  /// The score of a rank.
  public static double ofRank(long rank) {
    return Double.longBitsToDouble(rank ^ (rank >> 63 & Long.MAX_VALUE));
  }

  /// The score's 64 bits, the lowest byte first.
  public static Bytes bytes(double score) {
    long bits = Double.doubleToRawLongBits(score);
    byte[] array = new byte[SIZE];
    for (int i = 0; i < SIZE; i++) {
      array[i] = (byte) (bits >>> (i * Byte.SIZE));
    }
    return Bytes.of(array);
  }

  public static double ofBytes(Bytes bytes) {
    return Double.longBitsToDouble(bytes.longAt(0));
  }

  /// The score as clients see it.
  public static Bytes text(double score) {
    return Bytes.utf8(DoubleText.of(score));
  }

  /// The score that a text says, as C's `strtod` reads it; NaN if it says none, or a finite number
  /// that is too large or too small for a double.
  public static double parse(Bytes text) {
    double score = read(text);
    boolean outOfRange = Double.isInfinite(score) ? !isInfinity(text) : score == 0 && !isZero(text);
    return outOfRange ? Double.NaN : score;
  }

  /// The bound of a range of scores that a text says. As [#parse] but for what Redis lets pass:
  /// white space in front, numbers beyond a double, which are infinite, and no text at all, which
  /// is 0.
  public static double parseBound(Bytes text) {
    if (text.isEmpty()) {
      return 0;
    }
    int from = 0;
    while (from < text.length() && isSpace(text.at(from))) {
      from++;
    }
    return read(text.slice(from, text.length() - from));
  }

  private static double read(Bytes text) {
    int length = text.length();
    if (length == 0 || length > TEXT_MAX) {
      return Double.NaN;
    }
    int last = text.at(length - 1);
    if (length <= 15 && last >= '0' && last <= '9' && Decimal.isInt64(text)) {
      return Decimal.parse(text);
    }
    String word = new String(text.toArray(), StandardCharsets.ISO_8859_1);
    if (FINITE.matcher(word).matches()) {
      return Double.parseDouble(word);
    }
    if (HEXADECIMAL.matcher(word).matches()) {
      boolean hasPower = word.indexOf('p') >= 0 || word.indexOf('P') >= 0;
      return Double.parseDouble(hasPower ? word : word + "p0");
    }
    return infinity(text);
  }

  private static boolean isSpace(int c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
  }

  /// Of a text that is read as an infinite number: whether it says so.
  private static boolean isInfinity(Bytes text) {
    int last = text.at(text.length() - 1) | 0x20;
    return last == 'f' || last == 'y';
  }

  /// Of a text that is read as 0: whether it has no other digit before its exponent.
  private static boolean isZero(Bytes text) {
    boolean hexadecimal = text.length() > 2 && isHexadecimal(text);
    for (int i = 0; i < text.length(); i++) {
      int c = text.at(i) | 0x20;
      if (c == 'p' || (c == 'e' && !hexadecimal)) {
        return true;
      }
      if ((c >= '1' && c <= '9') || (c >= 'a' && c <= 'f')) {
        return false;
      }
    }
    return true;
  }

  private static boolean isHexadecimal(Bytes text) {
    return (text.at(1) | 0x20) == 'x' || (text.at(2) | 0x20) == 'x';
  }

  private static double infinity(Bytes text) {
    int from = text.at(0) == '+' || text.at(0) == '-' ? 1 : 0;
    Bytes word = text.slice(from, text.length() - from);
    if (!word.equalsIgnoreCase("INF") && !word.equalsIgnoreCase("INFINITY")) {
      return Double.NaN;
    }
    return text.at(0) == '-' ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
  }
}
