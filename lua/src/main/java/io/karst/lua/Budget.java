package io.karst.lua;

/// What a run may take.
///
/// - `memory`: bytes of the interpreter, what it is itself (some 100 KB) included. Replies of
///   commands count when they have been turned into
///   values of Lua.
public record Budget(long memory) {
  public static final Budget DEFAULT = new Budget(256L << 20);
}
