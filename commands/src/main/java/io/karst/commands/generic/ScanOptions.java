package io.karst.commands.generic;

import io.karst.base.Bytes;
import io.karst.base.CommandException;
import io.karst.commands.Args;
import org.jspecify.annotations.Nullable;

/// What `SCAN` is asked for.
///
/// - `pattern`: null if any key will do.
/// - `type`: the name of a type, perhaps of one there is not; null if any will do.
/// - `count`: about how many keys to visit, at least 1.
record ScanOptions(@Nullable KeyPattern pattern, @Nullable Bytes type, int count) {
  private static final int COUNT_DEFAULT = 10;

  /// Reads the options from word `from` on; of one given twice the last holds.
  static ScanOptions read(Args args, int from) {
    KeyPattern pattern = null;
    Bytes type = null;
    int count = COUNT_DEFAULT;
    for (int i = from; i < args.count(); i += 2) {
      if (i + 1 == args.count()) {
        throw CommandException.syntax();
      }
      if (args.is(i, "COUNT")) {
        count = count(args.int64(i + 1));
      } else if (args.is(i, "MATCH")) {
        pattern = KeyPattern.of(args.bytes(i + 1));
      } else if (args.is(i, "TYPE")) {
        type = args.bytes(i + 1);
      } else {
        throw CommandException.syntax();
      }
    }
    return new ScanOptions(pattern, type, count);
  }

  /// The slot to search, or [KeyPattern#ALL_SLOTS].
  int onlySlot() {
    return pattern == null ? KeyPattern.ALL_SLOTS : pattern.onlySlot();
  }

  private static int count(long value) {
    if (value < 1) {
      throw CommandException.syntax();
    }
    return (int) Math.min(value, Integer.MAX_VALUE);
  }
}
