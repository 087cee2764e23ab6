package io.karst.commands.sortedset;

import static io.karst.commands.Command.read;

import com.google.auto.service.AutoService;
import io.karst.base.Bytes;
import io.karst.base.CommandException;
import io.karst.base.Decimal;
import io.karst.commands.Args;
import io.karst.commands.Command;
import io.karst.commands.Operation;
import io.karst.commands.Reply;
import io.karst.engine.Tx;
import java.util.List;

/// `ZINTERCARD`: how many members several sets have in common.
@AutoService(Operation.class)
public final class CountIntersection implements Operation {
  @Override
  public List<Command> commands() {
    return List.of(
        read(
                "ZINTERCARD numkeys key [key ...] [LIMIT limit]",
                "7.0.0",
                "Counts the members that sorted sets have in common.",
                CountIntersection::count)
            .complexity("O(N*K), N being the number of members of the smallest of K sets"));
  }

  private static Reply count(Tx tx, Args args) {
    Operands operands = Operands.read(tx, args, 1, "zintercard");
    long limit = limit(args, operands.end);
    Counter counter = new Counter(operands, limit);
    operands.get(operands.bySize()[0]).forEach((member, score) -> counter.look(member));
    return Reply.of(counter.count);
  }

  /// Of several the last counts, as in Redis; 0 is none.
  private static long limit(Args args, int from) {
    long limit = 0;
    for (int i = from; i < args.count(); i += 2) {
      if (!args.is(i, "LIMIT") || i + 1 == args.count()) {
        throw CommandException.syntax();
      }
      Bytes word = args.bytes(i + 1);
      limit = Decimal.isInt64(word) ? Decimal.parse(word) : -1;
      if (limit < 0) {
        throw CommandException.err("LIMIT can't be negative");
      }
    }
    return limit == 0 ? Long.MAX_VALUE : limit;
  }

  private static final class Counter {
    private final Operands operands;
    private final long limit;
    private long count;

    private Counter(Operands operands, long limit) {
      this.operands = operands;
      this.limit = limit;
    }

    private void look(Bytes member) {
      if (count == limit) {
        return;
      }
      for (int i = 0; i < operands.count(); i++) {
        if (Double.isNaN(operands.get(i).score(member))) {
          return;
        }
      }
      count++;
    }
  }
}
