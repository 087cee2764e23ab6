package io.karst.commands.generic;

import io.karst.base.CommandException;
import io.karst.commands.Args;
import io.karst.rdb.RdbAccess;

/// The options of `RESTORE`.
///
/// - `replaces`: whether a key that exists may be replaced.
/// - `absolute`: whether the expiry is a time since 1970.
/// - `access`: the time since the last access, or the frequency of accesses, or neither.
record RestoreOptions(boolean replaces, boolean absolute, RdbAccess access) {
  private static final int NOT_GIVEN = RdbAccess.UNKNOWN;

  private static final int FREQUENCY_MAX = 255;

  /// Reads the options from word `from` on.
  static RestoreOptions read(Args args, int from) {
    boolean replaces = false;
    boolean absolute = false;
    long idle = NOT_GIVEN;
    int frequency = NOT_GIVEN;
    for (int i = from; i < args.count(); i++) {
      boolean valued = i + 1 < args.count();
      if (args.is(i, "REPLACE")) {
        replaces = true;
      } else if (args.is(i, "ABSTTL")) {
        absolute = true;
      } else if (args.is(i, "IDLETIME") && valued && frequency == NOT_GIVEN) {
        idle = idleSeconds(args.int64(++i));
      } else if (args.is(i, "FREQ") && valued && idle == NOT_GIVEN) {
        frequency = frequency(args.int64(++i));
      } else {
        throw CommandException.syntax();
      }
    }
    return new RestoreOptions(replaces, absolute, new RdbAccess(idle, frequency));
  }

  private static long idleSeconds(long value) {
    if (value < 0) {
      throw CommandException.err("Invalid IDLETIME value, must be >= 0");
    }
    return value;
  }

  private static int frequency(long value) {
    if (value < 0 || value > FREQUENCY_MAX) {
      throw CommandException.err("Invalid FREQ value, must be >= 0 and <= " + FREQUENCY_MAX);
    }
    return (int) value;
  }
}
