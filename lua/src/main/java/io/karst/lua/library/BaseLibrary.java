package io.karst.lua.library;

import io.karst.lua.vm.LuaException;
import io.karst.lua.vm.LuaStack;
import io.karst.lua.vm.LuaState;

/// The functions of Lua's own libraries that are replaced.
///
/// - `pcall`, so that it does not catch the end of a run, and finds the hook of an error
///   ([LuaState]). As in Redis it returns the text of an
///   error that is a table with a field `err`; `catch` is the same without that.
/// - `string.gsub` with a function: a nested one takes nine kilobytes of the C stack, so their
///   number is bounded.
/// - `math.random`, `math.randomseed`: the `lrand48` of POSIX, as in Redis, from a seed that each
///   run is given.
public final class BaseLibrary {
  private static final int GSUB_DEPTH_MAX = 16;

  private final Random48 random = new Random48();
  private int depth;

  /// Adds the table `base`.
  public void into(LuaStack stack) {
    stack.pushTable(0, 8);
    stack.set("pcall", each -> protectedCall(each, true));
    stack.set("catch", each -> protectedCall(each, false));
    stack.pushGlobals();
    stack.get(-1, "string");
    stack.get(-1, "gsub");
    int gsub = stack.keep();
    stack.pop(2);
    stack.set("gsub", each -> substitute(each, gsub));
    stack.set("random", random::random);
    stack.set("randomseed", random::seed);
    stack.set(-2, "base");
  }

  /// Before each run. `seed`: of `math.random`.
  public void restart(int seed) {
    random.restart(seed);
    depth = 0;
  }

  private static int protectedCall(LuaStack stack, boolean asText) {
    if (stack.count() == 0) {
      throw LuaException.argument(1, "pcall", "value expected");
    }
    LuaState state = stack.state();
    int status = state.call(stack.count() - 1, LuaState.ALL, 0);
    if (state.ended()) {
      throw LuaException.onTop();
    }
    stack.room(3);
    if (status != 0 && asText) {
      tableToText(stack);
    }
    stack.push(status == 0);
    stack.insert(status == 0 ? 1 : -2);
    return status == 0 ? stack.count() : 2;
  }

  /// Puts the field `err` of an error in its place.
  private static void tableToText(LuaStack stack) {
    if (stack.type(-1) == LuaStack.TABLE) {
      if (stack.get(-1, "err") == LuaStack.STRING) {
        stack.remove(-2);
      } else {
        stack.pop(1);
      }
    }
  }

  private int substitute(LuaStack stack, int gsub) {
    if (stack.type(3) == LuaStack.FUNCTION) {
      if (depth >= GSUB_DEPTH_MAX) {
        throw LuaException.at("stack overflow");
      }
      string(stack, 1);
      string(stack, 2);
    }
    stack.room(1);
    stack.pushKept(gsub);
    stack.insert(1);
    depth++;
    int status = stack.state().call(stack.count() - 1, LuaState.ALL, 0);
    depth--;
    if (status == 0) {
      return stack.count();
    }
    throw substituteError(stack);
  }

  /// Its own errors have no place, and not its name, as it was not called by the script.
  private static LuaException substituteError(LuaStack stack) {
    if (stack.type(-1) == LuaStack.STRING) {
      String text = stack.text(-1);
      if (text.startsWith("bad argument")
          || text.startsWith("malformed pattern")
          || text.startsWith("invalid ")
          || text.startsWith("unfinished capture")
          || text.startsWith("missing '[' ")
          || text.startsWith("too many captures")
          || text.startsWith("pattern too complex")) {
        return LuaException.at(text.replace("to '?'", "to 'gsub'"));
      }
    }
    return LuaException.onTop();
  }

  private static void string(LuaStack stack, int index) {
    int type = stack.type(index);
    if (type != LuaStack.STRING && type != LuaStack.NUMBER) {
      throw LuaException.argument(index, "gsub", "string expected, got " + stack.typeName(index));
    }
  }
}
