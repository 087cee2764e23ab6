package io.karst.commands.hash;

import io.karst.base.CommandException;
import io.karst.commands.Args;

/// A time for fields of a hash to expire at, as Redis takes it: up to the year 4199.
final class FieldTime {
  /// The latest there is, in milliseconds since 1970.
  static final long MAX_MILLIS = (1L << 46) - 1;

  private FieldTime() {}

  /// The time word `index` says, in milliseconds since 1970.
  ///
  /// - `unit`: its unit, in milliseconds; `base`: what it counts from.
  /// - `command`: its name, for the error.
  static long parse(Args args, int index, long unit, long base, String command) {
    long value = args.int64(index);
    if (value < 0) {
      throw CommandException.err("invalid expire time, must be >= 0");
    }
    if (value > MAX_MILLIS / unit || value * unit > MAX_MILLIS - base) {
      throw CommandException.err("invalid expire time in '" + command + "' command");
    }
    return value * unit + base;
  }
}
