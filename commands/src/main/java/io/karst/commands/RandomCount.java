package io.karst.commands;

import io.karst.base.CommandException;

/// How many elements `HRANDFIELD` and its relatives are asked for: so many different ones, or, with
/// a sign, so many that may repeat.
public final class RandomCount {
  private static final long MOST = Long.MAX_VALUE;

  private RandomCount() {}

  /// Word `index` as a count.
  public static long parse(Args args, int index) {
    long count = args.int64(index);
    if (count < -MOST) {
      throw CommandException.err(
          "value is out of range, value must between " + -MOST + " and " + MOST);
    }
    return count;
  }

  /// - `doubled`: whether each element is answered as two items.
  /// - throws [CommandException] if the count is more than a reply may have.
  public static void check(long count, boolean doubled) {
    int items = doubled ? 2 : 1;
    if (count > MOST / items || count < -Integer.MAX_VALUE / items) {
      throw CommandException.err("value is out of range");
    }
  }
}
