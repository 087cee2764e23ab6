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

/// `LSET`: puts another element in the place of the one at an index.
@AutoService(Operation.class)
public final class Set implements Operation {
  @Override
  public List<Command> commands() {
    return List.of(
        write("LSET key index element", "1.0.0", "Replaces an element by its index.", Set::set)
            .denyOom()
            .complexity("O(N), N being the kilobytes from the nearer end, over eight")
            .keyFlags(KeyFlag.READ_WRITE, KeyFlag.UPDATE));
  }

  private static Reply set(Tx tx, Args args) {
    ListView list = tx.listForUpdate(args.key(1));
    if (!list.exists()) {
      throw CommandException.noSuchKey();
    }
    int index = ListRange.index(args.int64(2), list.size());
    if (index < 0) {
      throw CommandException.err("index out of range");
    }
    list.set(index, args.bytes(3));
    return Reply.OK;
  }
}
