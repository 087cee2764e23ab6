package io.karst.lua.vm;

import io.karst.base.Invariant;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/// From names of C functions to method handles, and the other way round.
final class LuaLinker {
  /// All of the address space.
  static final MemorySegment MEMORY = MemorySegment.NULL.reinterpret(Long.MAX_VALUE);

  private static final Linker LINKER = Linker.nativeLinker();
  private static final SymbolLookup LUA = NativeLua.load();

  private LuaLinker() {}

  /// A function that calls back, or takes long.
  static MethodHandle handle(String symbol, FunctionDescriptor type) {
    return LINKER.downcallHandle(LUA.findOrThrow(symbol), type);
  }

  /// A function that does neither.
  static MethodHandle quick(String symbol, FunctionDescriptor type) {
    return LINKER.downcallHandle(LUA.findOrThrow(symbol), type, Linker.Option.critical(false));
  }

  /// A function by its address.
  static MethodHandle function(long address, FunctionDescriptor type) {
    return LINKER.downcallHandle(MemorySegment.ofAddress(address), type);
  }

  /// Where a C function is.
  static long address(String symbol) {
    return LUA.findOrThrow(symbol).address();
  }

  /// A C function that calls a method of `target`, as long as `arena` lives. The method throws
  /// nothing: that would end the process.
  static long upcall(
      MethodHandles.Lookup lookup,
      Object target,
      String method,
      MethodType type,
      FunctionDescriptor layout,
      Arena arena) {
    try {
      MethodHandle handle = lookup.bind(target, method, type);
      return LINKER.upcallStub(handle, layout, arena).address();
    } catch (ReflectiveOperationException e) {
      throw Invariant.violated("no method " + method + ": " + e);
    }
  }

  /// What a method handle of a C function throws, which declares nothing: an error of the JVM.
  static Error failed(Throwable e) {
    if (e instanceof Error error) {
      return error;
    }
    throw Invariant.violated("a call into Lua threw " + e);
  }
}
