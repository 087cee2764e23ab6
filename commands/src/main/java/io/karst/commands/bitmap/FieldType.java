package io.karst.commands.bitmap;

import io.karst.base.Bytes;
import io.karst.base.CommandException;
import io.karst.base.Decimal;

/// The type of a field of bits: `i1` to `i64`, `u1` to `u63`.
record FieldType(boolean signed, int width) {
  /// What happens to a value that does not fit.
  enum Overflow {
    /// The high bits are lost.
    WRAP,
    /// It becomes the nearest that fits.
    SAT,
    /// Nothing is written.
    FAIL
  }

  static FieldType parse(Bytes word) {
    boolean signed = !word.isEmpty() && word.at(0) == 'i';
    boolean unsigned = !word.isEmpty() && word.at(0) == 'u';
    if (signed || unsigned) {
      Bytes digits = word.slice(1, word.length() - 1);
      long width = Decimal.isInt64(digits) ? Decimal.parse(digits) : 0;
      if (width >= 1 && width <= (signed ? Long.SIZE : Long.SIZE - 1)) {
        return new FieldType(signed, (int) width);
      }
    }
    throw CommandException.err(
        "Invalid bitfield type. Use something like i16 u8. Note that u64 is not supported but i64"
            + " is.");
  }

  private long max() {
    return signed ? ~min() : -1L >>> (Long.SIZE - width);
  }

  private long min() {
    return signed ? -1L << (width - 1) : 0;
  }

  /// The value of the low bits of `bits`.
  long extend(long bits) {
    int unused = Long.SIZE - width;
    return signed ? bits << unused >> unused : bits << unused >>> unused;
  }

  /// Whether the sum of a value of this type and `increment` does not fit.
  boolean overflows(long value, long increment) {
    long sum = value + increment;
    return carries(value, increment) || sum < min() || sum > max();
  }

  /// Their sum, or what stands for it if it does not fit.
  long add(long value, long increment, Overflow overflow) {
    if (overflow == Overflow.SAT && overflows(value, increment)) {
      return increment > 0 ? max() : min();
    }
    return extend(value + increment);
  }

  private static boolean carries(long value, long increment) {
    long sum = value + increment;
    return ((value ^ sum) & (increment ^ sum)) < 0;
  }

  /// Whether `value`, as given by a client, does not fit.
  boolean overflows(long value) {
    return value < min() || value > max();
  }

  /// `value`, or what stands for it if it does not fit. A negative number is too large, not too
  /// small, for an unsigned field, as in Redis.
  long fit(long value, Overflow overflow) {
    if (overflow == Overflow.SAT && overflows(value)) {
      return value > max() || !signed ? max() : min();
    }
    return extend(value);
  }
}
