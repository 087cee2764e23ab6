package io.karst.lua.library;

import io.karst.lua.vm.LuaException;
import io.karst.lua.vm.LuaStack;

/// What kind of table is on top of the stack.
final class Tables {
  private Tables() {}

  /// Its number of items if its keys are 1 to n, else -1.
  static int sequence(LuaStack stack) {
    long max = 0;
    int count = 0;
    stack.pushNil();
    while (stack.next(-2)) {
      stack.pop(1);
      long key = index(stack);
      if (key == 0) {
        stack.pop(1);
        return -1;
      }
      max = Math.max(max, key);
      count++;
    }
    return max == count ? count : -1;
  }

  /// The key on top as a place in an array, 0 if it is none.
  static long index(LuaStack stack) {
    if (stack.type(-1) != LuaStack.NUMBER) {
      return 0;
    }
    double key = stack.number(-1);
    return key >= 1 && key <= Integer.MAX_VALUE && key == (int) key ? (long) key : 0;
  }

  /// How many pairs it has.
  static int count(LuaStack stack) {
    int count = 0;
    stack.pushNil();
    while (stack.next(-2)) {
      stack.pop(1);
      count++;
    }
    return count;
  }

  /// Pops a value and a key into the table beneath them; a key that a table cannot have is an
  /// error.
  static void setOrRefuse(LuaStack stack, String refusal) {
    if (stack.isNil(-2) || (stack.type(-2) == LuaStack.NUMBER && Double.isNaN(stack.number(-2)))) {
      throw LuaException.at(refusal);
    }
    stack.set(-3);
  }
}
