package io.karst.commands.string;

import io.karst.base.CommandException;
import io.karst.engine.Tx;

/// Errors more than one command on strings answers with.
final class StringErrors {
  private StringErrors() {}

  /// - throws [CommandException] if a string of `length` bytes would be too long.
  static void checkLength(Tx tx, long length) {
    if (length > tx.stringLimit()) {
      throw CommandException.err("string exceeds maximum allowed size (proto-max-bulk-len)");
    }
  }

  static CommandException invalidExpireTime(String command) {
    return CommandException.err("invalid expire time in '" + command + "' command");
  }

  static CommandException wrongArity(String command) {
    return CommandException.err("wrong number of arguments for '" + command + "' command");
  }
}
