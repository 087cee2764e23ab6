package io.karst.commands.server;

import static io.karst.commands.Command.write;

import com.google.auto.service.AutoService;
import io.karst.base.CommandException;
import io.karst.base.Decimal;
import io.karst.commands.Args;
import io.karst.commands.Category;
import io.karst.commands.Command;
import io.karst.commands.Operation;
import io.karst.commands.Reply;
import io.karst.engine.Tx;
import java.util.List;

/// `SWAPDB`: exchanges two databases, for all connections at once.
@AutoService(Operation.class)
public final class SwapDatabases implements Operation {
  @Override
  public List<Command> commands() {
    return List.of(
        write("SWAPDB index1 index2", "4.0.0", "Exchanges two databases.", SwapDatabases::swap)
            .locksAll()
            .slow()
            .fast()
            .dangerous()
            .categories(Category.KEYSPACE)
            .complexity("O(1)"));
  }

  private static Reply swap(Tx tx, Args args) {
    int first = index(args, 1, "invalid first DB index");
    int second = index(args, 2, "invalid second DB index");
    if (Math.min(first, second) < 0 || Math.max(first, second) >= tx.databases()) {
      throw CommandException.err("DB index is out of range");
    }
    if (first != second) {
      tx.all().swap(first, second);
    }
    return Reply.OK;
  }

  private static int index(Args args, int word, String error) {
    long index = Decimal.isInt64(args.bytes(word)) ? args.int64(word) : Long.MAX_VALUE;
    if (index != (int) index) {
      throw CommandException.err(error);
    }
    return (int) index;
  }
}
