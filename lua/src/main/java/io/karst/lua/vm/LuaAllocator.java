package io.karst.lua.vm;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/// The memory of one interpreter: counts it, and refuses what passes the limit, which Lua makes the
/// error `not enough
/// memory` of.
///
/// It refuses only while [#refusing]: a refusal is an error, and one must not be raised below a
/// frame of Java.
///
/// Lua allocates all the time, so the counting is a few instructions of machine code
/// ([AllocatorCode]) before Lua's own
/// allocator, where that can be had, and a call of Java where not: docs/adr/0021.
final class LuaAllocator {
  private static final MethodType TYPE =
      MethodType.methodType(long.class, long.class, long.class, long.class, long.class);
  private static final FunctionDescriptor LAYOUT =
      FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG);
  private static final long UNLIMITED = Long.MAX_VALUE;

  private final MemorySegment data;
  private final MethodHandle realloc;
  private final boolean portable;
  private long limit = UNLIMITED;
  private boolean refusing;

  /// - `own`: the address of Lua's own, a function of type `lua_Alloc` that needs no data.
  /// - `portable`: calls Java in any case.
  LuaAllocator(Arena arena, long own, boolean portable) {
    this.portable = portable || AllocatorCode.ADDRESS == 0;
    data = arena.allocate(JAVA_LONG, 3);
    realloc = LuaLinker.function(own, LAYOUT);
    data.set(JAVA_LONG, AllocatorCode.LIMIT, UNLIMITED);
    data.set(JAVA_LONG, AllocatorCode.NEXT, own);
  }

  /// The function of type `lua_Alloc` to give to Lua, with [#data].
  long function(Arena arena) {
    return portable
        ? LuaLinker.upcall(MethodHandles.lookup(), this, "allocate", TYPE, LAYOUT, arena)
        : AllocatorCode.ADDRESS;
  }

  long data() {
    return data.address();
  }

  long used() {
    return data.get(JAVA_LONG, AllocatorCode.USED);
  }

  void setUsed(long bytes) {
    data.set(JAVA_LONG, AllocatorCode.USED, bytes);
  }

  void setLimit(long bytes) {
    limit = bytes;
    refusing(refusing);
  }

  long limit() {
    return limit;
  }

  /// Refuses what passes the limit, or stops to; returns what it did before.
  boolean refusing(boolean now) {
    boolean before = refusing;
    refusing = now;
    data.set(JAVA_LONG, AllocatorCode.LIMIT, now ? limit : UNLIMITED);
    return before;
  }

  /// Whether so many bytes more are within the limit.
  boolean has(long bytes) {
    return bytes <= limit - used();
  }

  /// What [AllocatorCode] does.
  @SuppressWarnings("UnusedMethod") // Called by Lua.
  private long allocate(long ignored, long block, long before, long after) {
    try {
      long used = used() + after - before;
      if (after > before && used > data.get(JAVA_LONG, AllocatorCode.LIMIT)) {
        return 0;
      }
      setUsed(used);
      return (long) realloc.invokeExact(0L, block, before, after);
    } catch (Throwable e) {
      return 0;
    }
  }
}
