package io.karst.server.changes;

import io.karst.base.Bytes;
import io.karst.base.CommandException;
import io.karst.commands.Args;
import io.karst.engine.KeyRange;
import io.karst.history.Log;
import java.util.ArrayList;
import java.util.List;

/// What `CHANGES FROM` or `FOLLOW` asks for.
///
/// - `fromLsn`: where to begin, [Log#OLDEST] or [#END].
/// - `prefixes`: of the keys that count; all if there are none.
/// - `count`: commands after which no further transaction is shown.
/// - `blockMillis`: how long to wait if there are none yet, 0 for as long as it takes, or
///   [#AT_ONCE].
public record ChangeQuery(long fromLsn, List<KeyRange> prefixes, int count, long blockMillis) {
  /// As an LSN to read from: where the history ends.
  static final long END = -2;

  static final long AT_ONCE = -1;

  private static final int COUNT_DEFAULT = 1000;
  private static final int COUNT_MAX = 1_000_000;

  /// Reads the words behind `CHANGES FROM`.
  public static ChangeQuery parse(Args args) {
    List<KeyRange> prefixes = new ArrayList<>();
    int count = COUNT_DEFAULT;
    long blockMillis = AT_ONCE;
    for (int at = 3; at < args.count(); at += 2) {
      if (at + 1 == args.count()) {
        throw CommandException.syntax();
      }
      if (args.is(at, "PREFIX")) {
        prefixes.add(KeyRange.prefix(args.bytes(at + 1).copy()));
      } else if (args.is(at, "COUNT")) {
        count = (int) args.int64(at + 1, 1, COUNT_MAX);
      } else if (args.is(at, "BLOCK")) {
        blockMillis = args.int64(at + 1, 0, Integer.MAX_VALUE);
      } else {
        throw CommandException.syntax();
      }
    }
    return new ChangeQuery(lsn(args), prefixes, count, blockMillis);
  }

  /// Reads the words behind `CHANGES FOLLOW`.
  public static ChangeQuery parseFollow(Args args) {
    List<KeyRange> prefixes = new ArrayList<>();
    for (int at = 3; at < args.count(); at += 2) {
      if (at + 1 == args.count() || !args.is(at, "PREFIX")) {
        throw CommandException.syntax();
      }
      prefixes.add(KeyRange.prefix(args.bytes(at + 1).copy()));
    }
    return new ChangeQuery(lsn(args), prefixes, COUNT_DEFAULT, AT_ONCE);
  }

  private static long lsn(Args args) {
    if (args.is(2, "-")) {
      return Log.OLDEST;
    }
    return args.is(2, "$") ? END : args.int64(2, 0, Long.MAX_VALUE);
  }

  /// Whether to wait if there is nothing yet.
  boolean waits() {
    return blockMillis != AT_ONCE;
  }

  /// Whether a change of this key counts.
  boolean wants(Bytes key) {
    return prefixes.isEmpty() || prefixes.stream().anyMatch(prefix -> prefix.contains(key));
  }
}
