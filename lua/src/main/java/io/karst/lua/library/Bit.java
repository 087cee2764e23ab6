package io.karst.lua.library;

import io.karst.lua.vm.LuaFunction;
import io.karst.lua.vm.LuaStack;
import java.util.Locale;

/// `bit`: operations on numbers as words of 32 bits. Source: the semantics page of LuaBitOp
/// (bitop.luajit.org): a
/// number is taken modulo 2^32, results are signed, only the lower 5 bits of a shift count.
public final class Bit {
  private static final int DIGITS = 8;

  /// Of two words.
  private interface Binary {
    int apply(int one, int other);
  }

  /// Adds the table `bit`.
  public void into(LuaStack stack) {
    stack.pushTable(0, 16);
    stack.set("tobit", each -> push(each, word(each, 1, "tobit")));
    stack.set("bnot", each -> push(each, ~word(each, 1, "bnot")));
    stack.set("bswap", each -> push(each, Integer.reverseBytes(word(each, 1, "bswap"))));
    stack.set("tohex", Bit::toHex);
    stack.set("band", all("band", (a, b) -> a & b));
    stack.set("bor", all("bor", (a, b) -> a | b));
    stack.set("bxor", all("bxor", (a, b) -> a ^ b));
    stack.set("lshift", two("lshift", (a, n) -> a << n));
    stack.set("rshift", two("rshift", (a, n) -> a >>> n));
    stack.set("arshift", two("arshift", (a, n) -> a >> n));
    stack.set("rol", two("rol", Integer::rotateLeft));
    stack.set("ror", two("ror", Integer::rotateRight));
    stack.set(-2, "bit");
  }

  private static int word(LuaStack stack, int index, String function) {
    double value = Numbers.check(stack, index, function);
    // Beyond 2^53 there are no odd numbers, and the conversion to 64 bits would saturate.
    return (int) (Math.abs(value) < 0x1p63 ? (long) Math.rint(value) : (long) (value % 0x1p32));
  }

  private static int push(LuaStack stack, int word) {
    stack.push((double) word);
    return 1;
  }

  private static LuaFunction all(String name, Binary operation) {
    return stack -> {
      int result = word(stack, 1, name);
      for (int i = 2; i <= stack.count(); i++) {
        result = operation.apply(result, word(stack, i, name));
      }
      return push(stack, result);
    };
  }

  private static LuaFunction two(String name, Binary operation) {
    return stack -> push(stack, operation.apply(word(stack, 1, name), word(stack, 2, name) & 31));
  }

  /// The last `n` digits, 8 unless told otherwise; in upper case if `n` is negative.
  private static int toHex(LuaStack stack) {
    int word = word(stack, 1, "tohex");
    int digits = stack.isNil(2) ? DIGITS : word(stack, 2, "tohex");
    String all = String.format(Locale.ROOT, digits < 0 ? "%08X" : "%08x", word);
    int count = digits == Integer.MIN_VALUE ? DIGITS : Math.min(Math.abs(digits), DIGITS);
    stack.push(all.substring(DIGITS - count));
    return 1;
  }
}
