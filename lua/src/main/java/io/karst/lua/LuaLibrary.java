package io.karst.lua;

import io.karst.base.Bytes;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A library of functions that loads.
///
/// Every interpreter loads it for itself when it first needs it: variables of the library that
/// functions share are shared by the calls that run in the
/// same one, which is nothing to rely on.
///
/// - `code`: all of it, the line with `#!` included.
/// - `functions`: in the order they were registered.
public record LuaLibrary(String name, Bytes code, String sha1, List<Function> functions) {
  public record Function(String name, @Nullable String description, Set<ScriptFlag> flags) {}
}
