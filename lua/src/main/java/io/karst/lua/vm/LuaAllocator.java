package io.karst.lua.vm;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/// The memory of one interpreter: counts it, and refuses what passes the limit, which Lua makes the error `not enough
/// memory` of.
///
/// It refuses only while [#refusing]: a refusal is an error, and one must not be raised below a frame of Java.
final class LuaAllocator {
  private static final MethodType TYPE =
      MethodType.methodType(long.class, long.class, long.class, long.class, long.class);
  private static final FunctionDescriptor LAYOUT =
      FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG);

  private long used;
  private long limit = Long.MAX_VALUE;
  private boolean refusing;

  /// The address of the function of type `lua_Alloc`.
  long address(Arena arena) {
    return LuaLinker.upcall(MethodHandles.lookup(), this, "allocate", TYPE, LAYOUT, arena);
  }

  long used() {
    return used;
  }

  void setUsed(long bytes) {
    used = bytes;
  }

  void setLimit(long bytes) {
    limit = bytes;
  }

  long limit() {
    return limit;
  }

  /// Refuses what passes the limit, or stops to; returns what it did before.
  boolean refusing(boolean now) {
    boolean before = refusing;
    refusing = now;
    return before;
  }

  /// Whether so many bytes more are within the limit.
  boolean has(long bytes) {
    return bytes <= limit - used;
  }

  @SuppressWarnings("UnusedMethod") // Called by Lua.
  private long allocate(long data, long block, long before, long after) {
    try {
      if (after == 0) {
        LuaLinker.FREE.invokeExact(block);
        used -= before;
        return 0;
      }
      if (refusing && after > before && after - before > limit - used) {
        return 0;
      }
      long result = (long) LuaLinker.REALLOC.invokeExact(block, after);
      if (result != 0) {
        used += after - before;
      }
      return result;
    } catch (Throwable e) {
      return 0;
    }
  }
}
