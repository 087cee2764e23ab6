package io.karst.base;

import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/// Reads the texts [Extended#parse] takes, as C's `strtold` does in the "C" locale.
final class ExtendedParser {
  /// Longer texts are no numbers, as in Redis.
  private static final int LENGTH_MAX = 5 * 1024;

  /// Powers beyond this mean too large or too small, whatever the digits: there are at most
  /// [#LENGTH_MAX] of them.
  private static final int POWER_MAX = 100_000;

  /// Powers of ten a number may have at most, and at least.
  private static final int DECIMAL_POWER_MAX = 4933;

  private static final int DECIMAL_POWER_MIN = -4955;

  private static final int BITS_PER_HEXADECIMAL = 4;

  private final String text;
  private int next;

  private ExtendedParser(String text) {
    this.text = text;
  }

  static @Nullable Extended parse(Bytes bytes) {
    if (bytes.isEmpty() || bytes.length() > LENGTH_MAX) {
      return null;
    }
    return new ExtendedParser(bytes.utf8()).number();
  }

  private @Nullable Extended number() {
    boolean negative = text.charAt(0) == '-';
    if (negative || text.charAt(0) == '+') {
      next++;
    }
    Extended magnitude = magnitude();
    return magnitude == null || !negative ? magnitude : magnitude.negate();
  }

  private @Nullable Extended magnitude() {
    String rest = text.substring(next);
    if (rest.equalsIgnoreCase("inf") || rest.equalsIgnoreCase("infinity")) {
      return Extended.POSITIVE_INFINITY;
    }
    boolean hexadecimal = rest.startsWith("0x") || rest.startsWith("0X");
    if (hexadecimal) {
      next += 2;
    }
    int radix = hexadecimal ? 16 : 10;
    int wholeFrom = next;
    skipDigits(radix);
    String digits = text.substring(wholeFrom, next);
    int fraction = 0;
    if (is('.')) {
      int fractionFrom = ++next;
      skipDigits(radix);
      fraction = next - fractionFrom;
      digits += text.substring(fractionFrom, next);
    }
    if (digits.isEmpty()) {
      return null;
    }
    int power = 0;
    if (hexadecimal ? is('p') || is('P') : is('e') || is('E')) {
      next++;
      power = power();
    }
    if (next != text.length()) {
      return null;
    }
    BigInteger value = new BigInteger(digits, radix);
    return hexadecimal
        ? binary(value, power - BITS_PER_HEXADECIMAL * fraction)
        : decimal(value, power - fraction);
  }

  /// The power behind its letter; if there is none, the letter is not consumed.
  private int power() {
    int letter = next - 1;
    boolean negative = is('-');
    if (negative || is('+')) {
      next++;
    }
    int from = next;
    int power = 0;
    for (; next < text.length() && isDigit(text.charAt(next), 10); next++) {
      power = Math.min(POWER_MAX, power * 10 + (text.charAt(next) - '0'));
    }
    if (next == from) {
      next = letter;
    }
    return negative ? -power : power;
  }

  private static @Nullable Extended decimal(BigInteger digits, int power) {
    if (digits.signum() == 0) {
      return Extended.ZERO;
    }
    // The number is at least 10^magnitude, and less than ten (rarely: a hundred) times that.
    long magnitude = (long) ((digits.bitLength() - 1) * Math.log10(2)) + power;
    if (magnitude > DECIMAL_POWER_MAX || magnitude < DECIMAL_POWER_MIN) {
      return null;
    }
    return inRange(Extended.ofDecimal(digits, power));
  }

  private static @Nullable Extended binary(BigInteger digits, int power) {
    return digits.signum() == 0 ? Extended.ZERO : inRange(Extended.ofBinary(digits, power));
  }

  private static @Nullable Extended inRange(Extended number) {
    return number.isInfinite() || number.isZero() ? null : number;
  }

  private void skipDigits(int radix) {
    while (next < text.length() && isDigit(text.charAt(next), radix)) {
      next++;
    }
  }

  private boolean is(char c) {
    return next < text.length() && text.charAt(next) == c;
  }

  private static boolean isDigit(char c, int radix) {
    return c < 0x80 && Character.digit(c, radix) >= 0;
  }
}
