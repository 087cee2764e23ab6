package io.karst.base;

import java.math.BigDecimal;
import java.math.MathContext;

/// Doubles as Redis prints them: the fewest digits that read back as the same double, plain where
/// that is short, with an exponent otherwise; `inf`, `-inf`, `nan`.
///
/// Source for the choice between plain and exponent: A. Samuelson's `fpconv`, `emit_digits`, which
/// Redis uses; for the digits, [Double#toString], which is shortest since JDK 19.
public final class DoubleText {
  private static final double WHOLE_MAX = 1L << 52;

  private DoubleText() {}

  /// Integers of up to 52 bits are always plain.
  public static String of(double value) {
    if (Double.isNaN(value)) {
      return "nan";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "inf" : "-inf";
    }
    if (value == 0) {
      return 1 / value < 0 ? "-0" : "0";
    }
    if (value == (long) value && Math.abs(value) < WHOLE_MAX) {
      return Long.toString((long) value);
    }
    BigDecimal shortest = new BigDecimal(Double.toString(Math.abs(value))).stripTrailingZeros();
    if (shortest.precision() == 2) {
      shortest = oneDigit(shortest, Math.abs(value));
    }
    String digits = shortest.unscaledValue().toString();
    return (value < 0 ? "-" : "") + layout(digits, -shortest.scale());
  }

  /// Java prints two digits where one would do, if two are closer.
  private static BigDecimal oneDigit(BigDecimal two, double value) {
    BigDecimal one = two.round(new MathContext(1));
    return one.doubleValue() == value ? one : two;
  }

  /// `digits` times ten to the power of `exponent`.
  private static String layout(String digits, int exponent) {
    int count = digits.length();
    int leading = exponent + count - 1; // The power of ten of the first digit.
    if (exponent >= 0 && Math.abs(leading) < count + 7) {
      return digits + "0".repeat(exponent);
    }
    if (exponent < 0 && (exponent > -7 || Math.abs(leading) < 4)) {
      int whole = count + exponent;
      return whole <= 0
          ? "0." + "0".repeat(-whole) + digits
          : digits.substring(0, whole) + "." + digits.substring(whole);
    }
    String fraction = count > 1 ? "." + digits.substring(1) : "";
    return digits.charAt(0) + fraction + "e" + (leading < 0 ? "-" : "+") + Math.abs(leading);
  }
}
