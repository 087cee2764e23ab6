package io.karst.commands.list;

import io.karst.base.CommandException;
import io.karst.commands.Args;

/// The words for an end of a list. Without state.
final class ListEnd {
  private ListEnd() {}

  /// Whether word `index` says the head (`LEFT`), not the tail (`RIGHT`).
  ///
  /// - throws [CommandException] if it says neither.
  static boolean isHead(Args args, int index) {
    if (args.is(index, "LEFT")) {
      return true;
    }
    if (args.is(index, "RIGHT")) {
      return false;
    }
    throw CommandException.syntax();
  }
}
