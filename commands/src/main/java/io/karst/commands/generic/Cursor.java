package io.karst.commands.generic;

import io.karst.base.Bytes;
import io.karst.base.CommandException;

/// The cursor of a scan, as clients may write it: an unsigned 64-bit decimal.
///
/// Redis reads it with `strtoul`, so a sign and leading zeros are allowed, nothing at all is 0,
/// and what stands behind a zero byte is not looked at.
public final class Cursor {
  private Cursor() {}

  /// - throws [CommandException] if it is none; a negative result is a large unsigned one.
  public static long parse(Bytes text) {
    int length = lengthOfString(text);
    boolean negative = length > 0 && text.at(0) == '-';
    int i = length > 0 && (negative || text.at(0) == '+') ? 1 : 0;
    if (i > 0 && i == length) {
      throw invalid();
    }
    long value = 0;
    for (; i < length; i++) {
      int digit = text.at(i) - '0';
      boolean overflows =
          Long.compareUnsigned(value, Long.divideUnsigned(~(long) Math.max(digit, 0), 10)) > 0;
      if (digit < 0 || digit > 9 || overflows) {
        throw invalid();
      }
      value = value * 10 + digit;
    }
    return negative ? -value : value;
  }

  /// How long C takes it to be: up to the first zero.
  private static int lengthOfString(Bytes text) {
    int length = 0;
    while (length < text.length() && text.at(length) != 0) {
      length++;
    }
    return length;
  }

  private static CommandException invalid() {
    return CommandException.err("invalid cursor");
  }
}
