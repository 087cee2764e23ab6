package io.karst.commands.list;

import static io.karst.commands.Command.write;

import com.google.auto.service.AutoService;
import io.karst.base.CommandException;
import io.karst.commands.Args;
import io.karst.commands.Command;
import io.karst.commands.KeyFlag;
import io.karst.commands.Operation;
import io.karst.commands.Reply;
import io.karst.engine.ListView;
import io.karst.engine.Tx;
import java.util.List;

/// `LREM`: takes out elements that equal one, so many from the head, from the tail with a negative
/// count, or all with 0; returns how many there were.
@AutoService(Operation.class)
public final class Remove implements Operation {
  @Override
  public List<Command> commands() {
    return List.of(
        write("LREM key count element", "1.0.0", "Removes elements by their value.", Remove::remove)
            .complexity("O(N), N being the length of the list")
            .keyFlags(KeyFlag.READ_WRITE, KeyFlag.DELETE));
  }

  private static Reply remove(Tx tx, Args args) {
    long count = args.int64(2);
    if (count == Long.MIN_VALUE) {
      throw CommandException.err(
          "value is out of range, value must between -9223372036854775807 and 9223372036854775807");
    }
    ListView list = tx.listForUpdate(args.key(1));
    if (!list.exists()) {
      return Reply.ZERO;
    }
    int max = count == 0 ? Integer.MAX_VALUE : (int) Math.min(Math.abs(count), Integer.MAX_VALUE);
    return Reply.of(list.removeEqual(count >= 0, max, args.bytes(3)));
  }
}
