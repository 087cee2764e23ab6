package io.karst.commands.generic;

import io.karst.base.CommandException;
import io.karst.commands.Args;
import io.karst.memory.Record;

/// `NX`, `XX`, `GT`, `LT`: on which earlier expiry a new one depends. Several may be named; all
/// named must hold. A set of them is a number, so that none is made per command.
public enum ExpireCondition {
  /// The key had none.
  NX(1),
  /// The key had one.
  XX(2),
  /// The new one is later; none is later than any.
  GT(4),
  /// The new one is earlier; any is earlier than none.
  LT(8);

  private static final ExpireCondition[] ALL = values();

  private final int bit;

  ExpireCondition(int bit) {
    this.bit = bit;
  }

  /// The set of all that are named from word `from` on.
  ///
  /// - throws [CommandException] for any other word, and for those that exclude one another.
  public static int read(Args args, int from) {
    int set = 0;
    for (int i = from; i < args.count(); i++) {
      set |= bit(args, i);
    }
    if (has(set, NX) && set != NX.bit) {
      throw CommandException.err("NX and XX, GT or LT options at the same time are not compatible");
    }
    if (has(set, GT) && has(set, LT)) {
      throw CommandException.err("GT and LT options at the same time are not compatible");
    }
    return set;
  }

  /// Whether all of `set` hold.
  ///
  /// - `before`: the expiry of the key as it is, or [Record#NO_EXPIRY].
  public static boolean hold(int set, long before, long after) {
    boolean stays = before == Record.NO_EXPIRY;
    return !(has(set, NX) && !stays)
        && !(has(set, XX) && stays)
        && !(has(set, GT) && (stays || after <= before))
        && !(has(set, LT) && !stays && after >= before);
  }

  private static boolean has(int set, ExpireCondition condition) {
    return (set & condition.bit) != 0;
  }

  /// The condition word `index` names, as a set of one; 0 if it names none.
  public static int named(Args args, int index) {
    for (ExpireCondition condition : ALL) {
      if (args.is(index, condition.name())) {
        return condition.bit;
      }
    }
    return 0;
  }

  private static int bit(Args args, int index) {
    int bit = named(args, index);
    if (bit == 0) {
      throw CommandException.err("Unsupported option " + args.bytes(index).utf8());
    }
    return bit;
  }
}
