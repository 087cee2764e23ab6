package io.karst.lua;

import io.karst.lua.vm.LuaException;
import io.karst.lua.vm.LuaStack;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a library registers while it loads: `redis.register_function(name, callback)`, or with a
/// table of named arguments.
final class Registrations {
  /// - `callback`: the reference of the function.
  record Registered(LuaLibrary.Function function, int callback) {}

  private final Map<String, Registered> functions = new LinkedHashMap<>();
  private boolean open;

  /// Whether a library loads; whoever else has found the way to [#register] is refused.
  void open(boolean now) {
    open = now;
  }

  /// Those since the last time, by name, in their order.
  Map<String, Registered> take() {
    Map<String, Registered> taken = new LinkedHashMap<>(functions);
    functions.clear();
    return taken;
  }

  int register(LuaStack stack) {
    if (!open) {
      throw error("redis.register_function can only be called on FUNCTION LOAD command");
    }
    int count = stack.count();
    if (count < 1 || count > 2) {
      throw error("wrong number of arguments to redis.register_function");
    }
    if (count == 2) {
      positional(stack);
    } else {
      named(stack);
    }
    return 0;
  }

  private void positional(LuaStack stack) {
    if (stack.type(1) != LuaStack.STRING) {
      throw error("first argument to redis.register_function must be a string");
    }
    if (stack.type(2) != LuaStack.FUNCTION) {
      throw error("second argument to redis.register_function must be a function");
    }
    add(stack, stack.text(1), null, EnumSet.noneOf(ScriptFlag.class));
  }

  private void named(LuaStack stack) {
    if (stack.type(1) != LuaStack.TABLE) {
      throw error(
          "calling redis.register_function with a single argument is only applicable to Lua table"
              + " (representing named arguments).");
    }
    String name = null;
    String description = null;
    Set<ScriptFlag> flags = EnumSet.noneOf(ScriptFlag.class);
    stack.pushNil(); // The callback goes to 2.
    stack.pushNil();
    while (stack.next(1)) {
      if (stack.type(3) != LuaStack.STRING) {
        throw error("named argument key given to redis.register_function is not a string");
      }
      switch (stack.text(3)) {
        case "function_name" -> name = string(stack, "function_name");
        case "description" -> description = string(stack, "description");
        case "callback" -> callback(stack);
        case "flags" -> flags = flags(stack);
        default -> throw error("unknown argument given to redis.register_function");
      }
      stack.cut(3);
    }
    if (name == null) {
      throw error("redis.register_function must get a function name argument");
    }
    if (stack.isNil(2)) {
      throw error("redis.register_function must get a callback argument");
    }
    add(stack, name, description, flags);
  }

  private static String string(LuaStack stack, String argument) {
    if (stack.type(4) != LuaStack.STRING) {
      throw error(argument + " argument given to redis.register_function must be a string");
    }
    return stack.text(4);
  }

  private static void callback(LuaStack stack) {
    if (stack.type(4) != LuaStack.FUNCTION) {
      throw error("callback argument given to redis.register_function must be a function");
    }
    stack.pushValue(4);
    stack.replace(2);
  }

  private static Set<ScriptFlag> flags(LuaStack stack) {
    if (stack.type(4) != LuaStack.TABLE) {
      throw error(
          "flags argument to redis.register_function must be a table representing function flags");
    }
    Set<ScriptFlag> flags = EnumSet.noneOf(ScriptFlag.class);
    for (int i = 1; ; i++) {
      stack.get(4, i);
      if (stack.isNil(-1)) {
        return flags;
      }
      ScriptFlag flag = stack.type(-1) == LuaStack.STRING ? ScriptFlag.of(stack.text(-1)) : null;
      if (flag == null) {
        throw error("unknown flag given");
      }
      flags.add(flag);
      stack.cut(4);
    }
  }

  /// The callback is at 2.
  private void add(
      LuaStack stack, String name, @Nullable String description, Set<ScriptFlag> flags) {
    if (!Shebang.isName(name)) {
      throw error(
          "Library names can only contain letters, numbers, or underscores(_) and must be at least"
              + " one character long");
    }
    if (functions.containsKey(name)) {
      throw error("Function already exists in the library");
    }
    stack.pushValue(2);
    functions.put(
        name, new Registered(new LuaLibrary.Function(name, description, flags), stack.keep()));
  }

  private static LuaException error(String message) {
    return LuaException.plain(message);
  }
}
