package io.karst.lua.vm;

/// A function of Lua, written in Java.
@FunctionalInterface
public interface LuaFunction {
  /// Finds its arguments at 1 to [LuaStack#count], pushes its results, and returns how many they
  /// are. It may leave
  /// anything beneath them.
  ///
  /// Throws [LuaException] to raise an error in the script.
  int call(LuaStack stack);
}
