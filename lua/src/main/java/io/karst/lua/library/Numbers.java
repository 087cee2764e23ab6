package io.karst.lua.library;

import io.karst.lua.vm.LuaException;
import io.karst.lua.vm.LuaStack;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/// Numbers as arguments of functions, and as text.
final class Numbers {
  private static final double WHOLE_MAX = 1e15;

  private Numbers() {}

  /// A number, or a string that reads as one.
  static double check(LuaStack stack, int index, String function) {
    if (stack.type(index) != LuaStack.NUMBER && !stack.isNumber(index)) {
      throw LuaException.argument(index, function, "number expected, got " + stack.typeName(index));
    }
    return stack.number(index);
  }

  /// As [#check], the fraction cut off; `otherwise` if there is no such argument.
  static long whole(LuaStack stack, int index, String function, long otherwise) {
    return stack.isNil(index) ? otherwise : (long) check(stack, index, function);
  }

  /// Whether an integer of 64 bits has the same value.
  static boolean isWhole(double value) {
    return value == (long) value && value != 0x1p63;
  }

  /// As `printf` has it with `%.<precision>g`; the value is finite.
  static String format(double value, int precision) {
    if (isWhole(value)
        && Math.abs(value) < Math.min(WHOLE_MAX, Math.pow(10, precision))
        && (value != 0 || 1 / value > 0)) {
      return Long.toString((long) value);
    }
    if (value == 0) {
      return "-0";
    }
    int digits = Math.max(precision, 1);
    BigDecimal rounded =
        new BigDecimal(value).round(new MathContext(digits, RoundingMode.HALF_EVEN));
    int exponent = rounded.precision() - rounded.scale() - 1;
    BigDecimal shortest = rounded.stripTrailingZeros();
    if (exponent >= -4 && exponent < digits) {
      return shortest.toPlainString();
    }
    String all = shortest.unscaledValue().abs().toString();
    String fraction = all.length() > 1 ? "." + all.substring(1) : "";
    int size = Math.abs(exponent);
    return (value < 0 ? "-" : "")
        + all.charAt(0)
        + fraction
        + (exponent < 0 ? "e-" : "e+")
        + (size < 10 ? "0" : "")
        + size;
  }
}
