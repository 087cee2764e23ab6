package io.karst.commands;

import io.karst.base.CommandException;
import io.karst.base.Decimal;
import io.karst.base.Extended;
import io.karst.engine.Tx;
import java.math.BigDecimal;
import java.math.RoundingMode;

/// Until when a command waits: its timeout, as a time. Without state.
public final class Deadline {
  private static final BigDecimal MILLIS_MAX = BigDecimal.valueOf(Long.MAX_VALUE);

  private Deadline() {}

  /// Of a timeout in seconds, fractions included (`BLPOP`); rounded up to a millisecond.
  ///
  /// - returns: milliseconds since 1970, or [Reply.Blocked#FOREVER] for 0.
  public static long ofSeconds(Tx tx, Args args, int index) {
    Extended seconds = Extended.parse(args.bytes(index));
    if (seconds == null) {
      throw CommandException.err("timeout is not a float or out of range");
    }
    if (seconds.isInfinite()) {
      throw seconds.compareTo(Extended.ZERO) < 0 ? negative() : outOfRange();
    }
    BigDecimal millis =
        new BigDecimal(seconds.toString()).movePointRight(3).setScale(0, RoundingMode.CEILING);
    if (millis.compareTo(MILLIS_MAX) > 0) {
      throw outOfRange();
    }
    if (millis.signum() < 0) {
      throw negative();
    }
    boolean some = seconds.compareTo(Extended.ZERO) > 0;
    return after(tx, Math.max(some ? 1 : 0, millis.longValue()));
  }

  /// Of a timeout in milliseconds (`XREAD`).
  ///
  /// - returns: milliseconds since 1970, or [Reply.Blocked#FOREVER] for 0.
  public static long ofMillis(Tx tx, Args args, int index) {
    if (!Decimal.isInt64(args.bytes(index))) {
      throw CommandException.err("timeout is not an integer or out of range");
    }
    long millis = args.int64(index);
    if (millis < 0) {
      throw negative();
    }
    return after(tx, millis);
  }

  private static long after(Tx tx, long millis) {
    if (millis == 0) {
      return Reply.Blocked.FOREVER;
    }
    if (millis > Long.MAX_VALUE - tx.now()) {
      throw outOfRange();
    }
    return tx.now() + millis;
  }

  private static CommandException negative() {
    return CommandException.err("timeout is negative");
  }

  private static CommandException outOfRange() {
    return CommandException.err("timeout is out of range");
  }
}
