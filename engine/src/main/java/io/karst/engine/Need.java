package io.karst.engine;

/// What a command does with memory: whether it may be refused for want of it.
public enum Need {
  /// Reads: needs memory for what it reads from disk, and only until it is answered.
  READ,
  /// Changes or removes what is there, which must be possible whatever the memory.
  CHANGE,
  /// Adds data.
  GROW
}
