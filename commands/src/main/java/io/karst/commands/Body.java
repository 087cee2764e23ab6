package io.karst.commands;

import io.karst.engine.Tx;

/// What a command does. The sealed part is here: [OnKeys] works on the keyspace alone; a server
/// adds its own kind for what concerns the connection or the process.
public interface Body {
  /// A body that needs the keyspace and its arguments, nothing else.
  @FunctionalInterface
  interface OnKeys extends Body {
    /// Validates, then changes: an exception leaves every key as it was.
    ///
    /// - `tx`: holds the locks of the command's keys.
    /// - `args`: the command's words, the name at index 0; valid during the call.
    /// - throws [io.karst.base.CommandException] for the client's mistakes, WRONGTYPE included.
    Reply run(Tx tx, Args args);
  }
}
