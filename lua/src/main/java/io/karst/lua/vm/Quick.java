package io.karst.lua.vm;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.invoke.MethodHandle;

/// The functions of Lua's C API that neither allocate nor run anything, so that a call to them is
/// as good as a call in
/// Java: no change of the thread's state. `state` is the address of a `lua_State`; the rest is in
/// the manual of Lua
/// 5.1, chapter 3.7, under the function's name with `lua_` before it.
final class Quick {
  private static final MethodHandle GETTOP =
      LuaLinker.quick("lua_gettop", FunctionDescriptor.of(JAVA_INT, JAVA_LONG));
  private static final MethodHandle SETTOP =
      LuaLinker.quick("lua_settop", FunctionDescriptor.ofVoid(JAVA_LONG, JAVA_INT));
  private static final MethodHandle PUSHVALUE =
      LuaLinker.quick("lua_pushvalue", FunctionDescriptor.ofVoid(JAVA_LONG, JAVA_INT));
  private static final MethodHandle REMOVE =
      LuaLinker.quick("lua_remove", FunctionDescriptor.ofVoid(JAVA_LONG, JAVA_INT));
  private static final MethodHandle INSERT =
      LuaLinker.quick("lua_insert", FunctionDescriptor.ofVoid(JAVA_LONG, JAVA_INT));
  private static final MethodHandle REPLACE =
      LuaLinker.quick("lua_replace", FunctionDescriptor.ofVoid(JAVA_LONG, JAVA_INT));
  private static final MethodHandle TYPE =
      LuaLinker.quick("lua_type", FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_INT));
  private static final MethodHandle TONUMBER =
      LuaLinker.quick("lua_tonumber", FunctionDescriptor.of(JAVA_DOUBLE, JAVA_LONG, JAVA_INT));
  private static final MethodHandle TOBOOLEAN =
      LuaLinker.quick("lua_toboolean", FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_INT));
  private static final MethodHandle TOLSTRING =
      LuaLinker.quick(
          "lua_tolstring", FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_INT, JAVA_LONG));
  private static final MethodHandle OBJLEN =
      LuaLinker.quick("lua_objlen", FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_INT));
  private static final MethodHandle RAWEQUAL =
      LuaLinker.quick(
          "lua_rawequal", FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_INT, JAVA_INT));
  private static final MethodHandle RAWGETI =
      LuaLinker.quick("lua_rawgeti", FunctionDescriptor.ofVoid(JAVA_LONG, JAVA_INT, JAVA_INT));
  private static final MethodHandle RAWGET =
      LuaLinker.quick("lua_rawget", FunctionDescriptor.ofVoid(JAVA_LONG, JAVA_INT));
  private static final MethodHandle NEXT =
      LuaLinker.quick("lua_next", FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_INT));
  private static final MethodHandle PUSHNIL =
      LuaLinker.quick("lua_pushnil", FunctionDescriptor.ofVoid(JAVA_LONG));
  private static final MethodHandle PUSHNUMBER =
      LuaLinker.quick("lua_pushnumber", FunctionDescriptor.ofVoid(JAVA_LONG, JAVA_DOUBLE));
  private static final MethodHandle PUSHBOOLEAN =
      LuaLinker.quick("lua_pushboolean", FunctionDescriptor.ofVoid(JAVA_LONG, JAVA_INT));
  private static final MethodHandle ISNUMBER =
      LuaLinker.quick("lua_isnumber", FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_INT));
  private static final MethodHandle ISCFUNCTION =
      LuaLinker.quick("lua_iscfunction", FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_INT));
  private static final MethodHandle GETMETATABLE =
      LuaLinker.quick("lua_getmetatable", FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_INT));
  private static final MethodHandle GETSTACK =
      LuaLinker.quick(
          "lua_getstack", FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_INT, JAVA_LONG));
  private static final MethodHandle SETHOOK =
      LuaLinker.quick(
          "lua_sethook", FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT, JAVA_INT));
  private static final MethodHandle SETALLOCF =
      LuaLinker.quick("lua_setallocf", FunctionDescriptor.ofVoid(JAVA_LONG, JAVA_LONG, JAVA_LONG));
  private static final MethodHandle GETALLOCF =
      LuaLinker.quick("lua_getallocf", FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_LONG));
  private static final MethodHandle TOUSERDATA =
      LuaLinker.quick("lua_touserdata", FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_INT));
  private static final MethodHandle PUSHLIGHTUSERDATA =
      LuaLinker.quick("lua_pushlightuserdata", FunctionDescriptor.ofVoid(JAVA_LONG, JAVA_LONG));

  private Quick() {}

  /// How many values there are, which is the index of the top.
  static int gettop(long state) {
    try {
      return (int) GETTOP.invokeExact(state);
    } catch (Throwable e) {
      throw LuaLinker.failed(e);
    }
  }

  /// Cuts the stack, or fills it up with nil.
  static void settop(long state, int index) {
    try {
      SETTOP.invokeExact(state, index);
    } catch (Throwable e) {
      throw LuaLinker.failed(e);
    }
  }

  static void pushvalue(long state, int index) {
    try {
      PUSHVALUE.invokeExact(state, index);
    } catch (Throwable e) {
      throw LuaLinker.failed(e);
    }
  }

  static void remove(long state, int index) {
    try {
      REMOVE.invokeExact(state, index);
    } catch (Throwable e) {
      throw LuaLinker.failed(e);
    }
  }

  /// Moves the top to an index.
  static void insert(long state, int index) {
    try {
      INSERT.invokeExact(state, index);
    } catch (Throwable e) {
      throw LuaLinker.failed(e);
    }
  }

  /// Pops into an index.
  static void replace(long state, int index) {
    try {
      REPLACE.invokeExact(state, index);
    } catch (Throwable e) {
      throw LuaLinker.failed(e);
    }
  }

  static int type(long state, int index) {
    try {
      return (int) TYPE.invokeExact(state, index);
    } catch (Throwable e) {
      throw LuaLinker.failed(e);
    }
  }

  static double tonumber(long state, int index) {
    try {
      return (double) TONUMBER.invokeExact(state, index);
    } catch (Throwable e) {
      throw LuaLinker.failed(e);
    }
  }

  static int toboolean(long state, int index) {
    try {
      return (int) TOBOOLEAN.invokeExact(state, index);
    } catch (Throwable e) {
      throw LuaLinker.failed(e);
    }
  }

  /// The bytes of what is a string; of a number: see [Api#tolstring].
  static long tolstring(long state, int index, long length) {
    try {
      return (long) TOLSTRING.invokeExact(state, index, length);
    } catch (Throwable e) {
      throw LuaLinker.failed(e);
    }
  }

  /// Of a string or a table.
  static long objlen(long state, int index) {
    try {
      return (long) OBJLEN.invokeExact(state, index);
    } catch (Throwable e) {
      throw LuaLinker.failed(e);
    }
  }

  static int rawequal(long state, int one, int other) {
    try {
      return (int) RAWEQUAL.invokeExact(state, one, other);
    } catch (Throwable e) {
      throw LuaLinker.failed(e);
    }
  }

  static void rawgeti(long state, int table, int key) {
    try {
      RAWGETI.invokeExact(state, table, key);
    } catch (Throwable e) {
      throw LuaLinker.failed(e);
    }
  }

  /// Puts the value in the place of the key on top.
  static void rawget(long state, int table) {
    try {
      RAWGET.invokeExact(state, table);
    } catch (Throwable e) {
      throw LuaLinker.failed(e);
    }
  }

  static int next(long state, int table) {
    try {
      return (int) NEXT.invokeExact(state, table);
    } catch (Throwable e) {
      throw LuaLinker.failed(e);
    }
  }

  static void pushnil(long state) {
    try {
      PUSHNIL.invokeExact(state);
    } catch (Throwable e) {
      throw LuaLinker.failed(e);
    }
  }

  static void pushnumber(long state, double value) {
    try {
      PUSHNUMBER.invokeExact(state, value);
    } catch (Throwable e) {
      throw LuaLinker.failed(e);
    }
  }

  static void pushboolean(long state, int value) {
    try {
      PUSHBOOLEAN.invokeExact(state, value);
    } catch (Throwable e) {
      throw LuaLinker.failed(e);
    }
  }

  static int isnumber(long state, int index) {
    try {
      return (int) ISNUMBER.invokeExact(state, index);
    } catch (Throwable e) {
      throw LuaLinker.failed(e);
    }
  }

  static int iscfunction(long state, int index) {
    try {
      return (int) ISCFUNCTION.invokeExact(state, index);
    } catch (Throwable e) {
      throw LuaLinker.failed(e);
    }
  }

  static int getmetatable(long state, int index) {
    try {
      return (int) GETMETATABLE.invokeExact(state, index);
    } catch (Throwable e) {
      throw LuaLinker.failed(e);
    }
  }

  static int getstack(long state, int level, long activation) {
    try {
      return (int) GETSTACK.invokeExact(state, level, activation);
    } catch (Throwable e) {
      throw LuaLinker.failed(e);
    }
  }

  static int sethook(long state, long hook, int mask, int count) {
    try {
      return (int) SETHOOK.invokeExact(state, hook, mask, count);
    } catch (Throwable e) {
      throw LuaLinker.failed(e);
    }
  }

  static void setallocf(long state, long function, long data) {
    try {
      SETALLOCF.invokeExact(state, function, data);
    } catch (Throwable e) {
      throw LuaLinker.failed(e);
    }
  }

  /// Where the allocator is; `data` is null, or where to write its data.
  static long getallocf(long state, long data) {
    try {
      return (long) GETALLOCF.invokeExact(state, data);
    } catch (Throwable e) {
      throw LuaLinker.failed(e);
    }
  }

  static long touserdata(long state, int index) {
    try {
      return (long) TOUSERDATA.invokeExact(state, index);
    } catch (Throwable e) {
      throw LuaLinker.failed(e);
    }
  }

  static void pushlightuserdata(long state, long value) {
    try {
      PUSHLIGHTUSERDATA.invokeExact(state, value);
    } catch (Throwable e) {
      throw LuaLinker.failed(e);
    }
  }
}
