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

/// `LINSERT`: puts an element before or behind the first that equals another, and returns the new
/// length; -1 if there is no such element, 0 if there is no list.
@AutoService(Operation.class)
public final class Insert implements Operation {
  @Override
  public List<Command> commands() {
    return List.of(
        write(
                "LINSERT key <BEFORE | AFTER> pivot element",
                "2.2.0",
                "Inserts an element before or behind another.",
                Insert::insert)
            .denyOom()
            .complexity("O(N), N being the number of elements up to the pivot")
            .keyFlags(KeyFlag.READ_WRITE, KeyFlag.INSERT));
  }

  private static Reply insert(Tx tx, Args args) {
    boolean behind = args.is(2, "AFTER");
    if (!behind && !args.is(2, "BEFORE")) {
      throw CommandException.syntax();
    }
    ListView list = tx.listForUpdate(args.key(1));
    if (!list.exists()) {
      return Reply.ZERO;
    }
    int pivot = list.indexOf(args.bytes(3));
    if (pivot < 0) {
      return Reply.of(-1);
    }
    int index = behind ? pivot + 1 : pivot;
    if (index == list.size()) {
      list.push(false, List.of(args.bytes(4)));
    } else {
      list.insert(index, args.bytes(4));
    }
    return Reply.of(list.size());
  }
}
