package io.karst.commands.list;

import static io.karst.commands.Command.read;

import com.google.auto.service.AutoService;
import io.karst.base.Bytes;
import io.karst.base.CommandException;
import io.karst.base.Decimal;
import io.karst.commands.Args;
import io.karst.commands.Command;
import io.karst.commands.Operation;
import io.karst.commands.Reply;
import io.karst.engine.ListView;
import io.karst.engine.Tx;
import java.util.ArrayList;
import java.util.List;

/// `LPOS`: the index of an element, or those of the elements that equal it.
///
/// `RANK` says from which of them on, from the tail if negative; `COUNT` how many, 0 being all;
/// `MAXLEN` how many elements to look at, 0 being all.
@AutoService(Operation.class)
public final class Position implements Operation {
  @Override
  public List<Command> commands() {
    return List.of(
        read(
                "LPOS key element [RANK rank] [COUNT num-matches] [MAXLEN len]",
                "6.0.6",
                "Returns the indices of elements by their value.",
                Position::find)
            .complexity("O(N), N being the number of elements looked at"));
  }

  private static Reply find(Tx tx, Args args) {
    Options options = new Options(args);
    ListView list = tx.list(args.key(1));
    List<Reply> found = new ArrayList<>();
    long most = options.count == 0 ? Long.MAX_VALUE : Math.max(1, options.count);
    list.find(
        args.bytes(2),
        options.rank > 0,
        options.length(),
        index -> {
          if (options.passes()) {
            found.add(Reply.of(index));
          }
          return found.size() < most;
        });
    if (options.count >= 0) {
      return new Reply.Array(found);
    }
    return found.isEmpty() ? Reply.NIL : found.getFirst();
  }

  private static final class Options {
    private static final long NO_COUNT = -1;

    private long rank = 1;
    private long count = NO_COUNT;
    private long maxLength;

    /// Matches that are still to be passed by.
    private long skipped;

    private Options(Args args) {
      for (int i = 3; i < args.count(); i += 2) {
        boolean followed = i + 1 < args.count();
        if (args.is(i, "RANK") && followed) {
          rank = rank(args, i + 1);
        } else if (args.is(i, "COUNT") && followed) {
          count = notNegative(args.bytes(i + 1), "COUNT can't be negative");
        } else if (args.is(i, "MAXLEN") && followed) {
          maxLength = notNegative(args.bytes(i + 1), "MAXLEN can't be negative");
        } else {
          throw CommandException.syntax();
        }
      }
      skipped = Math.abs(rank) - 1;
    }

    private static long rank(Args args, int index) {
      long rank = args.int64(index);
      if (rank == Long.MIN_VALUE) {
        throw CommandException.err(
            "value is out of range, value must between -9223372036854775807 and"
                + " 9223372036854775807");
      }
      if (rank == 0) {
        throw CommandException.err(
            "RANK can't be zero: use 1 to start from the first match, 2 from the second ... or use"
                + " negative to start from the end of the list");
      }
      return rank;
    }

    private static long notNegative(Bytes word, String error) {
      long number = Decimal.isInt64(word) ? Decimal.parse(word) : -1;
      if (number < 0) {
        throw CommandException.err(error);
      }
      return number;
    }

    private long length() {
      return maxLength == 0 ? Long.MAX_VALUE : maxLength;
    }

    /// Whether the match that has been found counts.
    private boolean passes() {
      return skipped == 0 || skipped-- == 0;
    }
  }
}
