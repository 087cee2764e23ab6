package io.karst.commands.list;

import static io.karst.commands.Command.write;

import com.google.auto.service.AutoService;
import io.karst.base.Bytes;
import io.karst.base.CommandException;
import io.karst.base.Decimal;
import io.karst.commands.Args;
import io.karst.commands.BulkList;
import io.karst.commands.Command;
import io.karst.commands.KeyFlag;
import io.karst.commands.Operation;
import io.karst.commands.Reply;
import io.karst.engine.ListView;
import io.karst.engine.Tx;
import java.util.List;

/// `LPOP`, `RPOP`: take the outermost element out, or some of them, the outermost first.
@AutoService(Operation.class)
public final class Pop implements Operation {
  @Override
  public List<Command> commands() {
    return List.of(
        refined(
            write(
                "LPOP key [count]",
                "1.0.0",
                "Takes the first elements out of a list and returns them.",
                (tx, args) -> pop(tx, args, "lpop", true))),
        refined(
            write(
                "RPOP key [count]",
                "1.0.0",
                "Takes the last elements out of a list and returns them.",
                (tx, args) -> pop(tx, args, "rpop", false))));
  }

  private static Command refined(Command command) {
    return command
        .fast()
        .complexity("O(N), N being the number of elements returned")
        .keyFlags(KeyFlag.READ_WRITE, KeyFlag.ACCESS, KeyFlag.DELETE)
        .history("6.2.0", "Takes a count.");
  }

  private static Reply pop(Tx tx, Args args, String name, boolean atHead) {
    if (args.count() > 3) {
      throw CommandException.err("wrong number of arguments for '" + name + "' command");
    }
    if (args.count() == 2) {
      ListView list = tx.listForUpdate(args.key(1));
      return list.exists() ? new Reply.Bulk(list.pop(atHead)) : Reply.NIL;
    }
    long count = count(args.bytes(2));
    ListView list = tx.listForUpdate(args.key(1));
    return list.exists() ? take(list, atHead, count) : Reply.NIL_ARRAY;
  }

  private static long count(Bytes word) {
    long count = Decimal.isInt64(word) ? Decimal.parse(word) : -1;
    if (count < 0) {
      throw CommandException.err("value is out of range, must be positive");
    }
    return count;
  }

  /// Takes up to `count` elements out.
  static Reply take(ListView list, boolean atHead, long count) {
    int size = list.size();
    int taken = (int) Math.min(count, size);
    if (taken == 0) {
      return Reply.EMPTY_ARRAY;
    }
    BulkList items = new BulkList();
    list.forEach(atHead ? 0 : size - 1, taken, atHead, items::add);
    list.drop(atHead, taken);
    return new Reply.Strings(items);
  }
}
