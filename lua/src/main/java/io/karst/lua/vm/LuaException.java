package io.karst.lua.vm;

import org.jspecify.annotations.Nullable;

/// An error for the script, which its `pcall` may catch. Carries no stack trace.
public final class LuaException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final boolean placed;

  private LuaException(@Nullable String message, boolean placed) {
    super(message, null, false, false);
    this.placed = placed;
  }

  /// The error is the value on top of the stack.
  public static LuaException onTop() {
    return new LuaException(null, false);
  }

  /// The error is a text, after the place in the script where the function was called.
  public static LuaException at(String text) {
    return new LuaException(text, true);
  }

  /// The error is a text, as it is.
  public static LuaException plain(String text) {
    return new LuaException(text, false);
  }

  /// A function got what it cannot use: the words of Lua's own functions.
  public static LuaException argument(int index, String function, String why) {
    return at("bad argument #" + index + " to '" + function + "' (" + why + ")");
  }

  /// Whether the text follows its place.
  boolean placed() {
    return placed;
  }
}
