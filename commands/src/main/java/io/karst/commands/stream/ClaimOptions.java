package io.karst.commands.stream;

import io.karst.base.CommandException;
import io.karst.base.Decimal;
import io.karst.commands.Args;
import io.karst.value.StreamId;
import org.jspecify.annotations.Nullable;

/// The words of `XCLAIM` behind the ids.
///
/// - `deliveredMillis`: when the entries count as delivered.
/// - `deliveries`: how many times they do, [#UNCHANGED] to go on counting.
/// - `makes`: `FORCE`, whether an entry becomes pending that is not.
/// - `onlyIds`: `JUSTID`, whether they are not shown, nor counted as delivered.
/// - `lastId`: which entry the group has got at least, or null.
record ClaimOptions(
    long deliveredMillis,
    long deliveries,
    boolean makes,
    boolean onlyIds,
    @Nullable StreamId lastId) {
  static final long UNCHANGED = -1;

  static ClaimOptions read(Args args, int from, long now) {
    long delivered = now;
    long deliveries = UNCHANGED;
    boolean makes = false;
    boolean onlyIds = false;
    StreamId lastId = null;
    for (int i = from; i < args.count(); i++) {
      boolean more = i + 1 < args.count();
      if (args.is(i, "FORCE")) {
        makes = true;
      } else if (args.is(i, "JUSTID")) {
        onlyIds = true;
      } else if (more && args.is(i, "IDLE")) {
        delivered = now - number(args, ++i, "IDLE option");
      } else if (more && args.is(i, "TIME")) {
        delivered = number(args, ++i, "TIME option");
      } else if (more && args.is(i, "RETRYCOUNT")) {
        deliveries = Math.max(UNCHANGED, number(args, ++i, "RETRYCOUNT option"));
      } else if (more && args.is(i, "LASTID")) {
        lastId = Ids.id(args, ++i);
      } else {
        throw CommandException.err("Unrecognized XCLAIM option '" + args.bytes(i).utf8() + "'");
      }
    }
    boolean possible = delivered >= 0 && delivered <= now;
    return new ClaimOptions(possible ? delivered : now, deliveries, makes, onlyIds, lastId);
  }

  private static long number(Args args, int index, String what) {
    if (!Decimal.isInt64(args.bytes(index))) {
      throw invalid(what);
    }
    return args.int64(index);
  }

  private static CommandException invalid(String what) {
    return CommandException.err("Invalid " + what + " argument for XCLAIM");
  }

  /// How many times an entry counts as delivered that was so many times before.
  long deliveriesAfter(long before) {
    return deliveries != UNCHANGED ? deliveries : onlyIds ? before : before + 1;
  }
}
