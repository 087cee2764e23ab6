package io.karst.commands.list;

import static io.karst.commands.Command.read;

import com.google.auto.service.AutoService;
import io.karst.commands.Args;
import io.karst.commands.Command;
import io.karst.commands.Operation;
import io.karst.commands.Reply;
import io.karst.engine.ListView;
import io.karst.engine.Tx;
import java.util.List;

/// `LINDEX`: the element at an index; negative ones count from the tail, -1 being the last.
@AutoService(Operation.class)
public final class Index implements Operation {
  @Override
  public List<Command> commands() {
    return List.of(
        read("LINDEX key index", "1.0.0", "Returns an element by its index.", Index::get)
            .complexity("O(N), N being the kilobytes from the nearer end, over eight"));
  }

  private static Reply get(Tx tx, Args args) {
    ListView list = tx.list(args.key(1));
    if (!list.exists()) {
      return Reply.NIL;
    }
    int index = ListRange.index(args.int64(2), list.size());
    return index < 0 ? Reply.NIL : new Reply.Bulk(list.get(index));
  }
}
