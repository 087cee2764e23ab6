package io.karst.commands.generic;

import io.karst.base.CommandException;
import io.karst.commands.Args;

/// The options of `RESTORE`.
///
/// - `replaces`: whether a key that exists may be replaced.
/// - `absolute`: whether the expiry is a time since 1970.
/// - `idleSeconds`: since the last access, or [#NOT_GIVEN].
/// - `frequency`: of accesses, 0 to 255, or [#NOT_GIVEN].
record RestoreOptions(boolean replaces, boolean absolute, long idleSeconds, int frequency) {
  static final int NOT_GIVEN = -1;

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
    return new RestoreOptions(replaces, absolute, idle, frequency);
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
