package io.karst.lua.library;

import io.karst.lua.vm.LuaException;
import io.karst.lua.vm.LuaStack;

/// Numbers as arguments of functions.
final class Numbers {
  private Numbers() {}

  /// A number, or a string that reads as one.
  static double check(LuaStack stack, int index, String function) {
    int type = stack.type(index);
    if (type != LuaStack.NUMBER) {
      double value = type == LuaStack.STRING ? stack.number(index) : 0;
      if (value == 0 && !(type == LuaStack.STRING && stack.isNumber(index))) {
        throw LuaException.argument(
            index, function, "number expected, got " + stack.typeName(index));
      }
      return value;
    }
    return stack.number(index);
  }

  /// An integer of up to 64 bits, the fraction cut off; 0 for what is none.
  static long int64(LuaStack stack, int index, String function) {
    return (long) check(stack, index, function);
  }
}
