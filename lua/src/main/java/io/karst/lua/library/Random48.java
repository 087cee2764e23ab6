package io.karst.lua.library;

import io.karst.lua.vm.LuaException;
import io.karst.lua.vm.LuaStack;

/// `math.random` over the generator `lrand48` of POSIX: a run with the same seed has the same
/// numbers.
///
/// Source: IEEE Std 1003.1, `drand48`: X' = (0x5DEECE66D X + 0xB) mod 2^48, of which `lrand48`
/// shows the highest 31 bits;
/// `srand48(s)` makes X = s * 2^16 + 0x330E of the low 32 bits of s.
final class Random48 {
  private static final long MASK = (1L << 48) - 1;
  private static final double RANGE = Integer.MAX_VALUE;

  private long x;

  private static long seeded(int seed) {
    return ((seed & 0xffffffffL) << 16) | 0x330E;
  }

  private double next() {
    x = (x * 0x5DEECE66DL + 0xB) & MASK;
    long shown = x >>> 17;
    return shown % Integer.MAX_VALUE / RANGE;
  }

  void restart(int seed) {
    x = seeded(seed);
  }

  int seed(LuaStack stack) {
    x = seeded((int) (long) Numbers.check(stack, 1, "randomseed"));
    return 0;
  }

  int random(LuaStack stack) {
    double r = next();
    switch (stack.count()) {
      case 0 -> stack.push(r);
      case 1 -> {
        double upper = Math.floor(Numbers.check(stack, 1, "random"));
        if (!(upper >= 1)) {
          throw LuaException.argument(1, "random", "interval is empty");
        }
        stack.push(Math.floor(r * upper) + 1);
      }
      case 2 -> {
        double lower = Math.floor(Numbers.check(stack, 1, "random"));
        double upper = Math.floor(Numbers.check(stack, 2, "random"));
        if (!(lower <= upper)) {
          throw LuaException.argument(2, "random", "interval is empty");
        }
        stack.push(Math.floor(r * (upper - lower + 1)) + lower);
      }
      default -> throw LuaException.at("wrong number of arguments");
    }
    return 1;
  }
}
