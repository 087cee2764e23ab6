package io.karst.commands.stream;

import io.karst.base.CommandException;
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
record ReadRequest(
    int keys,
    int streams,
    long count,
    boolean waits,
    long deadlineMillis,
    int group,
    boolean noAck) {
  static ReadRequest read(Tx tx, Args args, boolean ofGroup) {
    long count = Long.MAX_VALUE;
    boolean waits = false;
    long deadline = 0;
    int group = 0;
    boolean noAck = false;
    int at = 1;
    for (; !streams(args, at); at++) {
      boolean more = at + 1 < args.count();
      if (more && args.is(at, "BLOCK")) {
        deadline = Deadline.ofMillis(tx, args, ++at);
        waits = true;
      } else if (more && args.is(at, "COUNT")) {
        long wanted = args.int64(++at);
        count = wanted <= 0 ? Long.MAX_VALUE : wanted;
      } else if (at + 2 < args.count() && args.is(at, "GROUP")) {
        only(ofGroup, "GROUP");
        group = at + 1;
        at += 2;
      } else if (args.is(at, "NOACK")) {
        only(ofGroup, "NOACK");
        noAck = true;
      } else {
        throw CommandException.syntax();
      }
    }
    int words = args.count() - at - 1;
    if (words % 2 != 0) {
      throw unbalanced(args, ofGroup);
    }
    if (ofGroup && group == 0) {
      throw CommandException.err("Missing GROUP option for XREADGROUP");
    }
    return new ReadRequest(at + 1, words / 2, count, waits, deadline, group, noAck);
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
