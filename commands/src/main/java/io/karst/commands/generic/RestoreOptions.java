package io.karst.commands.generic;

import io.karst.base.CommandException;
import io.karst.commands.Args;

/// The options of `RESTORE`. A frequency is checked and not kept: there is no policy of eviction
/// that would use it.
///
/// - `replaces`: whether a key that exists may be replaced.
/// - `absolute`: whether the expiry is a time since 1970.
/// - `idleSeconds`: since the last access, or [#NOT_GIVEN].
record RestoreOptions(boolean replaces, boolean absolute, long idleSeconds) {
  static final long NOT_GIVEN = -1;

  private static final int FREQUENCY_MAX = 255;

  /// Reads the options from word `from` on.
  static RestoreOptions read(Args args, int from) {
    boolean replaces = false;
    boolean absolute = false;
    long idle = NOT_GIVEN;
    long frequency = NOT_GIVEN;
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
    return new RestoreOptions(replaces, absolute, idle);
  }

  private static long idleSeconds(long value) {
    if (value < 0) {
      throw CommandException.err("Invalid IDLETIME value, must be >= 0");
    }
    return value;
  }

  private static long frequency(long value) {
    if (value < 0 || value > FREQUENCY_MAX) {
      throw CommandException.err("Invalid FREQ value, must be >= 0 and <= " + FREQUENCY_MAX);
    }
    return value;
  }
}
