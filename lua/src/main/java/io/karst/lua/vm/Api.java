package io.karst.lua.vm;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.invoke.MethodHandle;

/// The functions of Lua's C API that may allocate, and so call [LuaAllocator], or run Lua; see
/// [Quick] for the rest.
final class Api {
  private static final MethodHandle GC =
      LuaLinker.handle("lua_gc", FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_INT, JAVA_INT));
  private static final MethodHandle TOLSTRING =
      LuaLinker.handle(
          "lua_tolstring", FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_INT, JAVA_LONG));
  private static final MethodHandle PUSHLSTRING =
      LuaLinker.handle(
          "lua_pushlstring", FunctionDescriptor.ofVoid(JAVA_LONG, JAVA_LONG, JAVA_LONG));
  private static final MethodHandle CREATETABLE =
      LuaLinker.handle("lua_createtable", FunctionDescriptor.ofVoid(JAVA_LONG, JAVA_INT, JAVA_INT));
  private static final MethodHandle RAWSETI =
      LuaLinker.handle("lua_rawseti", FunctionDescriptor.ofVoid(JAVA_LONG, JAVA_INT, JAVA_INT));
  private static final MethodHandle RAWSET =
      LuaLinker.handle("lua_rawset", FunctionDescriptor.ofVoid(JAVA_LONG, JAVA_INT));
  private static final MethodHandle SETMETATABLE =
      LuaLinker.handle("lua_setmetatable", FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_INT));
  private static final MethodHandle CHECKSTACK =
      LuaLinker.handle("lua_checkstack", FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_INT));
  private static final MethodHandle PUSHCCLOSURE =
      LuaLinker.handle(
          "lua_pushcclosure", FunctionDescriptor.ofVoid(JAVA_LONG, JAVA_LONG, JAVA_INT));
  private static final MethodHandle LOADBUFFER =
      LuaLinker.handle(
          "luaL_loadbuffer",
          FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG));
  private static final MethodHandle PCALL =
      LuaLinker.handle(
          "lua_pcall", FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_INT));
  private static final MethodHandle GETINFO =
      LuaLinker.handle(
          "lua_getinfo", FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_LONG));
  private static final MethodHandle REF =
      LuaLinker.handle("luaL_ref", FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_INT));
  private static final MethodHandle UNREF =
      LuaLinker.handle("luaL_unref", FunctionDescriptor.ofVoid(JAVA_LONG, JAVA_INT, JAVA_INT));
  private static final MethodHandle CLOSE =
      LuaLinker.handle("lua_close", FunctionDescriptor.ofVoid(JAVA_LONG));

  private Api() {}

  static int gc(long state, int what, int data) {
    try {
      return (int) GC.invokeExact(state, what, data);
    } catch (Throwable e) {
      throw LuaLinker.failed(e);
    }
  }

  /// The bytes of a string; a number is turned into one in its place.
  static long tolstring(long state, int index, long length) {
    try {
      return (long) TOLSTRING.invokeExact(state, index, length);
    } catch (Throwable e) {
      throw LuaLinker.failed(e);
    }
  }

  static void pushlstring(long state, long bytes, long length) {
    try {
      PUSHLSTRING.invokeExact(state, bytes, length);
    } catch (Throwable e) {
      throw LuaLinker.failed(e);
    }
  }

  static void createtable(long state, int items, int fields) {
    try {
      CREATETABLE.invokeExact(state, items, fields);
    } catch (Throwable e) {
      throw LuaLinker.failed(e);
    }
  }

  static void rawseti(long state, int table, int key) {
    try {
      RAWSETI.invokeExact(state, table, key);
    } catch (Throwable e) {
      throw LuaLinker.failed(e);
    }
  }

  static void rawset(long state, int table) {
    try {
      RAWSET.invokeExact(state, table);
    } catch (Throwable e) {
      throw LuaLinker.failed(e);
    }
  }

  static int setmetatable(long state, int index) {
    try {
      return (int) SETMETATABLE.invokeExact(state, index);
    } catch (Throwable e) {
      throw LuaLinker.failed(e);
    }
  }

  static int checkstack(long state, int count) {
    try {
      return (int) CHECKSTACK.invokeExact(state, count);
    } catch (Throwable e) {
      throw LuaLinker.failed(e);
    }
  }

  static void pushcclosure(long state, long function, int upvalues) {
    try {
      PUSHCCLOSURE.invokeExact(state, function, upvalues);
    } catch (Throwable e) {
      throw LuaLinker.failed(e);
    }
  }

  static int loadbuffer(long state, long bytes, long length, long name) {
    try {
      return (int) LOADBUFFER.invokeExact(state, bytes, length, name);
    } catch (Throwable e) {
      throw LuaLinker.failed(e);
    }
  }

  static int pcall(long state, int arguments, int results, int handler) {
    try {
      return (int) PCALL.invokeExact(state, arguments, results, handler);
    } catch (Throwable e) {
      throw LuaLinker.failed(e);
    }
  }

  static int getinfo(long state, long what, long activation) {
    try {
      return (int) GETINFO.invokeExact(state, what, activation);
    } catch (Throwable e) {
      throw LuaLinker.failed(e);
    }
  }

  static int ref(long state, int table) {
    try {
      return (int) REF.invokeExact(state, table);
    } catch (Throwable e) {
      throw LuaLinker.failed(e);
    }
  }

  static void unref(long state, int table, int reference) {
    try {
      UNREF.invokeExact(state, table, reference);
    } catch (Throwable e) {
      throw LuaLinker.failed(e);
    }
  }

  static void close(long state) {
    try {
      CLOSE.invokeExact(state);
    } catch (Throwable e) {
      throw LuaLinker.failed(e);
    }
  }
}
