package io.karst.commands.stream;

import io.karst.base.CommandException;
import io.karst.base.Decimal;
import io.karst.commands.Args;
import io.karst.commands.Deadline;
import io.karst.engine.Tx;
import java.util.Locale;

/// The words of `XREAD` and `XREADGROUP` before the keys, without holding on to any.
///
/// - `keys`: the index of the first key; so many behind it is its id.
/// - `streams`: how many keys there are.
/// - `count`: how many entries of each at most.
/// - `waits`: whether the client waits for entries if there are none.
/// - `deadlineMillis`: until when; see [io.karst.commands.Reply.Blocked].
/// - `group`: the index of the group's name, the consumer's behind it; 0 for none.
/// - `noAck`: whether nothing becomes pending.
/// - `countOfAll`, `sizeOfAll`: how many entries of all streams together at most, and how many
///   bytes of reply; perhaps [ReadBudget#UNLIMITED].
/// - `claimIdle`: for how long an entry has been pending that is claimed, in milliseconds, or
///   [#NO_CLAIM].
record ReadRequest(
    int keys,
    int streams,
    long count,
    boolean waits,
    long deadlineMillis,
    int group,
    boolean noAck,
    long countOfAll,
    long sizeOfAll,
    long claimIdle) {
  static final long NO_CLAIM = -1;

  /// The words read so far.
  private static final class Options {
    private final boolean ofGroup;
    private long count = Long.MAX_VALUE;
    private boolean counts;
    private long countOfAll = ReadBudget.UNLIMITED;
    private long sizeOfAll = ReadBudget.UNLIMITED;
    private boolean waits;
    private long deadline;
    private int group;
    private boolean noAck;
    private long claimIdle = NO_CLAIM;

    private Options(boolean ofGroup) {
      this.ofGroup = ofGroup;
    }

    /// Reads the option at an index; returns the index behind it.
    private int read(Tx tx, Args args, int at) {
      boolean more = at + 1 < args.count();
      if (more && args.is(at, "BLOCK")) {
        deadline = Deadline.ofMillis(tx, args, at + 1);
        waits = true;
      } else if (more && args.is(at, "COUNT")) {
        long wanted = args.int64(at + 1);
        counts = wanted > 0;
        count = wanted <= 0 ? Long.MAX_VALUE : wanted;
      } else if (more && args.is(at, "MAXCOUNT")) {
        countOfAll = positive(args, at + 1, "MAXCOUNT");
      } else if (more && args.is(at, "MAXSIZE")) {
        sizeOfAll = positive(args, at + 1, "MAXSIZE");
      } else if (more && args.is(at, "CLAIM")) {
        only(ofGroup, "CLAIM");
        claimIdle = idle(args, at + 1);
      } else {
        return readOfGroup(args, at);
      }
      return at + 2;
    }

    private int readOfGroup(Args args, int at) {
      if (at + 2 < args.count() && args.is(at, "GROUP")) {
        only(ofGroup, "GROUP");
        group = at + 1;
        return at + 3;
      }
      if (!args.is(at, "NOACK")) {
        throw CommandException.syntax();
      }
      only(ofGroup, "NOACK");
      noAck = true;
      return at + 1;
    }

    private ReadRequest request(int keys, int streams) {
      if (counts && countOfAll < count) {
        throw CommandException.err("MAXCOUNT must not be smaller than COUNT");
      }
      return new ReadRequest(
          keys, streams, count, waits, deadline, group, noAck, countOfAll, sizeOfAll, claimIdle);
    }
  }

  static ReadRequest read(Tx tx, Args args, boolean ofGroup) {
    Options options = new Options(ofGroup);
    int at = 1;
    while (!streams(args, at)) {
      at = options.read(tx, args, at);
    }
    int words = args.count() - at - 1;
    if (words % 2 != 0) {
      throw unbalanced(args, ofGroup);
    }
    if (ofGroup && options.group == 0) {
      throw CommandException.err("Missing GROUP option for XREADGROUP");
    }
    return options.request(at + 1, words / 2);
  }

  private static long positive(Args args, int index, String option) {
    long number = Decimal.isInt64(args.bytes(index)) ? args.int64(index) : 0;
    if (number < 1) {
      throw CommandException.err(option + " must be a positive integer");
    }
    return number;
  }

  private static long idle(Args args, int index) {
    long idle = Decimal.isInt64(args.bytes(index)) ? args.int64(index) : NO_CLAIM;
    if (idle < 0) {
      throw CommandException.err("min-idle-time must be a non-negative integer");
    }
    return idle;
  }

  ReadBudget budget() {
    return new ReadBudget(countOfAll, sizeOfAll);
  }

  private static boolean streams(Args args, int at) {
    return at + 1 < args.count() && args.is(at, "STREAMS");
  }

  private static void only(boolean ofGroup, String option) {
    if (!ofGroup) {
      throw CommandException.err(
          "The " + option + " option is only supported by XREADGROUP. You called XREAD instead.");
    }
  }

  private static CommandException unbalanced(Args args, boolean ofGroup) {
    return CommandException.err(
        "Unbalanced '"
            + args.bytes(0).utf8().toLowerCase(Locale.ROOT)
            + "' list of streams: for each stream key an ID"
            + (ofGroup ? " or '>'" : " or '$'")
            + " must be specified.");
  }

  /// The index of the id that belongs to a stream.
  int id(int stream) {
    return keys + streams + stream;
  }
}
