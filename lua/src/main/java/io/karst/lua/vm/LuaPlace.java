package io.karst.lua.vm;

/// A place in a chunk: its name (as it was loaded, with the `@` before it), the line, and what kind
/// of function it is in.
public record LuaPlace(String source, int line, String what) {
  static final LuaPlace NONE = new LuaPlace("", -1, "");

  /// Whether there is no such place.
  public boolean isNone() {
    return source.isEmpty();
  }

  boolean isInner() {
    return what.equals("C") || source.equals("=karst");
  }
}
