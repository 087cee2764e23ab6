package io.karst.lua.library;

import io.karst.lua.vm.LuaException;
import io.karst.lua.vm.LuaStack;

/// Strings as arguments of functions.
final class Strings {
  private Strings() {}

  /// A string, or a number as one.
  static byte[] check(LuaStack stack, int index, String function) {
    int type = stack.type(index);
    if (type != LuaStack.STRING && type != LuaStack.NUMBER) {
      throw LuaException.argument(index, function, "string expected, got " + stack.typeName(index));
    }
    return stack.bytes(index);
  }
}
