package io.karst.commands.stream;

import static io.karst.commands.Command.read;

import com.google.auto.service.AutoService;
import io.karst.base.CommandException;
import io.karst.commands.Args;
import io.karst.commands.Command;
import io.karst.commands.Operation;
import io.karst.commands.Reply;
import io.karst.engine.StreamView;
import io.karst.engine.Tx;
import io.karst.value.StreamId;
import java.util.List;

/// `XRANGE`, `XREVRANGE`: the entries between two ids, from the first on or from the last.
@AutoService(Operation.class)
public final class Range implements Operation {
  private static final String COMPLEXITY = "O(N), N being the number of entries shown";

  @Override
  public List<Command> commands() {
    return List.of(
        read(
                "XRANGE key start end [COUNT count]",
                "5.0.0",
                "Shows entries from one id to another.",
                (tx, args) -> range(tx, args, false))
            .complexity(COMPLEXITY)
            .history("6.2.0", "Takes bounds that do not belong to the range."),
        read(
                "XREVRANGE key end start [COUNT count]",
                "5.0.0",
                "Shows entries from one id back to another.",
                (tx, args) -> range(tx, args, true))
            .complexity(COMPLEXITY)
            .history("6.2.0", "Takes bounds that do not belong to the range."));
  }

  private static Reply range(Tx tx, Args args, boolean reverse) {
    StreamId from = Ids.lower(args, reverse ? 3 : 2);
    StreamId to = Ids.upper(args, reverse ? 2 : 3);
    long count = Long.MAX_VALUE;
    for (int i = 4; i < args.count(); i += 2) {
      if (!args.is(i, "COUNT") || i + 1 == args.count()) {
        throw CommandException.syntax();
      }
      count = Math.max(0, args.int64(i + 1));
    }
    StreamView stream = tx.stream(args.key(1));
    if (!stream.exists()) {
      return Reply.EMPTY_ARRAY;
    }
    if (count == 0) {
      return Reply.NIL_ARRAY;
    }
    return new Reply.Array(
        reverse
            ? Entries.reverse(stream, from, to, count)
            : Entries.range(stream, from, to, count));
  }
}
