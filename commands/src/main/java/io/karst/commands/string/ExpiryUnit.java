package io.karst.commands.string;

import io.karst.base.Limits;
import io.karst.commands.Args;
import io.karst.engine.Tx;
import org.jspecify.annotations.Nullable;

/// How a time to expire is written: the tokens of `SET` and its relatives.
enum ExpiryUnit {
  EX(1000, true),
  PX(1, true),
  EXAT(1000, false),
  PXAT(1, false);

  private static final ExpiryUnit[] ALL = values();

  private final int millis;
  private final boolean relative;

  ExpiryUnit(int millis, boolean relative) {
    this.millis = millis;
    this.relative = relative;
  }

  /// The unit word `index` names, or null if it names none.
  static @Nullable ExpiryUnit of(Args args, int index) {
    for (ExpiryUnit unit : ALL) {
      if (args.is(index, unit.name())) {
        return unit;
      }
    }
    return null;
  }

  /// The time word `index` says, in milliseconds since 1970, at most [Limits#EXPIRY_MAX].
  ///
  /// - `command`: its name, for the error.
  /// - throws [io.karst.base.CommandException] if the word is no integer, not positive, or beyond
  ///   the 64 bits of Redis's milliseconds.
  long at(Tx tx, Args args, int index, String command) {
    long value = args.int64(index);
    long base = relative ? tx.now() : 0;
    if (value <= 0 || value > (Long.MAX_VALUE - base) / millis) {
      throw StringErrors.invalidExpireTime(command);
    }
    return Math.min(value * millis + base, Limits.EXPIRY_MAX);
  }
}
