package io.karst.base;

/// Signed 64-bit integers as Redis writes them: decimal, no sign but `-`, no leading zero, no
/// space.
public final class Decimal {
  /// The length of the longest one, [Long#MIN_VALUE].
  public static final int LENGTH_MAX = 20;

  /// So many digits never overflow.
  private static final int DIGITS_SAFE = 18;

  private static final long[] POWERS_OF_TEN = powersOfTen();

  private Decimal() {}

  /// The number `text` is the canonical decimal of.
  ///
  /// - throws [CommandException] ("value is not an integer or out of range") for anything else.
  public static long parse(Bytes text) {
    int length = text.length();
    if (length == 0 || length > LENGTH_MAX) {
      throw CommandException.notAnInteger();
    }
    boolean negative = text.at(0) == '-';
    int i = negative ? 1 : 0;
    if (i == length || (text.at(i) == '0' && length > 1)) {
      throw CommandException.notAnInteger();
    }
    int safe = i + DIGITS_SAFE;
    long value = 0; // Negative while reading: the range below zero is larger by one.
    for (; i < length; i++) {
      int digit = text.at(i) - '0';
      if (digit < 0 || digit > 9) {
        throw CommandException.notAnInteger();
      }
      if (i >= safe && value < (Long.MIN_VALUE + digit) / 10) {
        throw CommandException.notAnInteger();
      }
      value = value * 10 - digit;
    }
    if (!negative && value == Long.MIN_VALUE) {
      throw CommandException.notAnInteger();
    }
    return negative ? value : -value;
  }

  /// Whether [#parse] would take `text`.
  public static boolean isInt64(Bytes text) {
    int length = text.length();
    if (length == 0 || length > LENGTH_MAX) {
      return false;
    }
    try {
      parse(text);
      return true;
    } catch (CommandException notOne) {
      return false;
    }
  }

  /// The number of characters [#format] writes.
  public static int length(long value) {
    if (value == Long.MIN_VALUE) {
      return LENGTH_MAX;
    }
    // The number of bits times log10(2) is the number of digits or one less.
    long rest = Math.abs(value) | 1;
    int atLeast = ((Long.SIZE - Long.numberOfLeadingZeros(rest)) * 1233) >>> 12;
    int digits = rest >= POWERS_OF_TEN[atLeast] ? atLeast + 1 : atLeast;
    return value < 0 ? digits + 1 : digits;
  }

  /// Writes `value` at `target[at]` on and returns the index just past it.
  public static int format(long value, byte[] target, int at) {
    int end = at + length(value);
    int i = end;
    long rest = value < 0 ? value : -value;
    do {
      target[--i] = (byte) ('0' - rest % 10);
      rest /= 10;
    } while (rest != 0);
    if (value < 0) {
      target[--i] = '-';
    }
    return end;
  }

  /// The decimal of `value` on the heap.
  public static Bytes of(long value) {
    byte[] text = new byte[length(value)];
    format(value, text, 0);
    return Bytes.of(text);
  }

  private static long[] powersOfTen() {
    long[] powers = new long[DIGITS_SAFE + 1];
    powers[0] = 1;
    for (int i = 1; i < powers.length; i++) {
      powers[i] = powers[i - 1] * 10;
    }
    return powers;
  }
}
