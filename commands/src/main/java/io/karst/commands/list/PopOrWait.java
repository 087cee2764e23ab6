package io.karst.commands.list;

import static io.karst.commands.Command.write;

import com.google.auto.service.AutoService;
import io.karst.commands.Args;
import io.karst.commands.Command;
import io.karst.commands.Deadline;
import io.karst.commands.Flag;
import io.karst.commands.KeyFlag;
import io.karst.commands.Operation;
import io.karst.commands.Reply;
import io.karst.engine.ListView;
import io.karst.engine.Tx;
import io.karst.keyspace.Key;
import io.karst.value.ValueType;
import java.util.List;

/// `BLPOP`, `BRPOP`: take the outermost element out of the first list that has any, wait until one
/// has, and answer its key and the element.
@AutoService(Operation.class)
public final class PopOrWait implements Operation {
  @Override
  public List<Command> commands() {
    return List.of(
        refined(
            write(
                "BLPOP key [key ...] timeout",
                "2.0.0",
                "Takes the first element out of the first list that has any; waits for one.",
                (tx, args) -> pop(tx, args, true))),
        refined(
            write(
                "BRPOP key [key ...] timeout",
                "2.0.0",
                "Takes the last element out of the first list that has any; waits for one.",
                (tx, args) -> pop(tx, args, false))));
  }

  private static Command refined(Command command) {
    return command
        .flags(Flag.NO_SCRIPT, Flag.BLOCKING)
        .complexity("O(N), N being the number of keys")
        .keyFlags(KeyFlag.READ_WRITE, KeyFlag.ACCESS, KeyFlag.DELETE)
        .history("6.0.0", "The timeout may have a fraction.");
  }

  private static Reply pop(Tx tx, Args args, boolean atHead) {
    int last = args.count() - 1;
    long deadline = Deadline.ofSeconds(tx, args, last);
    for (int i = 1; i < last; i++) {
      Key key = args.key(i);
      ListView list = tx.listForUpdate(key);
      if (list.exists() && tx.waits().mayTake(key)) {
        return Reply.array(new Reply.Bulk(args.bytes(i)), new Reply.Bulk(list.pop(atHead)));
      }
    }
    return new Reply.Blocked(deadline, Reply.NIL_ARRAY, ValueType.LIST);
  }
}
