package io.karst.commands.generic;

import io.karst.base.CommandException;
import io.karst.commands.Args;
import io.karst.engine.Tx;

/// The number of a database among the arguments.
final class DatabaseIndex {
  private DatabaseIndex() {}

  /// Word `index` as the number of a database there is.
  static int of(Tx tx, Args args, int index) {
    long number = args.int64(index);
    if (number != (int) number) {
      throw CommandException.err(
          "value is out of range, value must between "
              + Integer.MIN_VALUE
              + " and "
              + Integer.MAX_VALUE);
    }
    if (number < 0 || number >= tx.databases()) {
      throw CommandException.err("DB index is out of range");
    }
    return (int) number;
  }

  static CommandException sameObject() {
    return CommandException.err("source and destination objects are the same");
  }
}
