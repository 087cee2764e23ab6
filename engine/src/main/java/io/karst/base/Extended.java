package io.karst.base;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// A number of the 80-bit extended format, without NaN: what Redis computes `INCRBYFLOAT` with, so
/// that sums have the same digits here as there (`100000 + 0.1` is `100000.10000000000000142`).
///
/// A significand of at most 64 bits times a power of two, or an infinity. A sum is exact, then
/// rounded to nearest, ties to even. There is one zero, without a sign. Immutable.
///
/// Cost: about a microsecond an operation; more than a few ten only beyond 10^300.
///
/// Source: Intel 64 manual, volume 1, §4.2.2; IEEE 754-2008 for the rounding.
public final class Extended implements Comparable<Extended> {
  public static final Extended ZERO = new Extended(BigInteger.ZERO, 0);
  public static final Extended POSITIVE_INFINITY = new Extended(BigInteger.ONE, Integer.MAX_VALUE);
  public static final Extended NEGATIVE_INFINITY =
      new Extended(BigInteger.ONE.negate(), Integer.MAX_VALUE);

  static final int SIGNIFICAND_BITS = 64;

  /// The weight of the last bit of the smallest number.
  private static final int EXPONENT_MIN = -16445;

  /// A number of this many bits before the binary point is infinite.
  private static final int BITS_MAX = 16384;

  /// The largest finite number, and its negative.
  public static final Extended MAX =
      new Extended(
          BigInteger.ONE.shiftLeft(SIGNIFICAND_BITS).subtract(BigInteger.ONE),
          BITS_MAX - SIGNIFICAND_BITS);

  public static final Extended MIN = new Extended(MAX.significand.negate(), MAX.exponent);

  /// Digits after the decimal point in [#format].
  private static final int SCALE = 17;

  /// Numbers of at most this many bits before the binary point show as 0.
  private static final int INVISIBLE_BITS = -60;

  private final BigInteger significand;
  private final int exponent;

  private Extended(BigInteger significand, int exponent) {
    this.significand = significand;
    this.exponent = exponent;
  }

  /// The number nearest to what `text` says, or null if it is none that C's `strtold` would read
  /// to the end: decimal or hexadecimal digits with an exponent, `inf`, `infinity`. No white space;
  /// neither NaN nor a number too large, or too small not to be 0.
  public static @Nullable Extended parse(Bytes text) {
    return ExtendedParser.parse(text);
  }

  /// The number nearest to `digits · 10^power`.
  static Extended ofDecimal(BigInteger digits, int power) {
    if (power >= 0) {
      return ofBinary(digits.multiply(BigInteger.TEN.pow(power)), 0);
    }
    BigInteger divisor = BigInteger.TEN.pow(-power);
    int shift = Math.max(0, SIGNIFICAND_BITS + 2 + divisor.bitLength() - digits.bitLength());
    BigInteger[] quotient = digits.shiftLeft(shift).divideAndRemainder(divisor);
    // One more bit says whether anything follows: all that rounding needs to know.
    BigInteger sticky = BigInteger.valueOf(quotient[1].signum());
    return ofBinary(quotient[0].shiftLeft(1).add(sticky), -shift - 1);
  }

  /// The number nearest to `significand · 2^exponent`.
  static Extended ofBinary(BigInteger significand, int exponent) {
    if (significand.signum() == 0) {
      return ZERO;
    }
    BigInteger magnitude = significand.abs();
    int excess = Math.max(magnitude.bitLength() - SIGNIFICAND_BITS, EXPONENT_MIN - exponent);
    if (excess > 0) {
      boolean up =
          magnitude.testBit(excess - 1)
              && (magnitude.getLowestSetBit() < excess - 1 || magnitude.testBit(excess));
      magnitude = magnitude.shiftRight(excess).add(up ? BigInteger.ONE : BigInteger.ZERO);
    }
    int weight = exponent + Math.max(excess, 0);
    if (magnitude.signum() == 0) {
      return ZERO;
    }
    boolean negative = significand.signum() < 0;
    if (magnitude.bitLength() + weight > BITS_MAX) {
      return negative ? NEGATIVE_INFINITY : POSITIVE_INFINITY;
    }
    return new Extended(negative ? magnitude.negate() : magnitude, weight);
  }

  public boolean isInfinite() {
    return exponent == Integer.MAX_VALUE;
  }

  boolean isZero() {
    return significand.signum() == 0;
  }

  /// The sum, infinite if it is too large; both are finite.
  public Extended plus(Extended that) {
    Invariant.check(!isInfinite() && !that.isInfinite(), "a sum of infinities");
    if (isZero() || that.isZero()) {
      return isZero() ? that : this;
    }
    int low = Math.min(exponent, that.exponent);
    return ofBinary(shifted(low).add(that.shifted(low)), low);
  }

  public Extended minus(Extended that) {
    return plus(that.negate());
  }

  public Extended negate() {
    return new Extended(significand.negate(), exponent);
  }

  private BigInteger shifted(int low) {
    return significand.shiftLeft(exponent - low);
  }

  @Override
  public int compareTo(Extended that) {
    if (isInfinite() || that.isInfinite()) {
      return Integer.compare(rank(), that.rank());
    }
    return minus(that).significand.signum();
  }

  private int rank() {
    return isInfinite() ? significand.signum() : 0;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Extended that && compareTo(that) == 0;
  }

  @Override
  public int hashCode() {
    return isZero() ? 0 : Integer.hashCode(significand.bitLength() + exponent);
  }

  /// In decimal, with 17 digits after the point but for trailing zeros, as `%.17Lf` trimmed.
  public Bytes format() {
    return Bytes.of(toString().getBytes(StandardCharsets.ISO_8859_1));
  }

  @Override
  public String toString() {
    if (isInfinite()) {
      return significand.signum() < 0 ? "-inf" : "inf";
    }
    if (exponent >= 0) {
      return significand.shiftLeft(exponent).toString();
    }
    if (isZero() || significand.bitLength() + exponent <= INVISIBLE_BITS) {
      return "0";
    }
    BigInteger digits = significand.multiply(BigInteger.valueOf(5).pow(-exponent));
    BigDecimal rounded = new BigDecimal(digits, -exponent).setScale(SCALE, RoundingMode.HALF_EVEN);
    return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
  }
}
