package io.karst.lua.library;

import java.util.Random;

/// Values as literals of Lua.
final class RandomValues {
  /// Defines a function that compares two values deeply.
  static final String EQUAL =
      "local function equal(a, b) if type(a) ~= 'table' or type(b) ~= 'table' then return a == b "
          + "end"
          + " for k, v in pairs(a) do if not equal(v, b[k]) then return false end end"
          + " for k in pairs(b) do if a[k] == nil then return false end end return true end ";

  private RandomValues() {}

  static String literal(Random random, int depth) {
    return switch (random.nextInt(depth > 0 ? 7 : 4)) {
      case 0 -> random.nextBoolean() ? "true" : "false";
      case 1 -> Integer.toString(random.nextInt());
      case 2 ->
          "("
              + Double.toString(random.nextGaussian() * Math.pow(10, random.nextInt(40) - 20))
                  .replace("E", "e")
              + ")";
      case 3 -> string(random);
      case 4, 5 -> array(random, depth);
      default -> object(random, depth);
    };
  }

  private static String string(Random random) {
    StringBuilder text = new StringBuilder("'");
    for (int i = random.nextInt(40); i > 0; i--) {
      text.append('\\').append(String.format("%03d", random.nextInt(256)));
    }
    return text.append('\'').toString();
  }

  private static String array(Random random, int depth) {
    StringBuilder text = new StringBuilder("{");
    for (int i = random.nextInt(20) + 1; i > 0; i--) {
      text.append(literal(random, depth - 1)).append(',');
    }
    return text.append('}').toString();
  }

  private static String object(Random random, int depth) {
    StringBuilder text = new StringBuilder("{");
    for (int i = random.nextInt(20) + 1; i > 0; i--) {
      text.append("k")
          .append(random.nextInt(1000))
          .append('=')
          .append(literal(random, depth - 1))
          .append(',');
    }
    return text.append('}').toString();
  }
}
