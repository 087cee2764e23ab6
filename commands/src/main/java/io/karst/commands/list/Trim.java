package io.karst.commands.list;

import static io.karst.commands.Command.write;

import com.google.auto.service.AutoService;
import io.karst.commands.Args;
import io.karst.commands.Command;
import io.karst.commands.KeyFlag;
import io.karst.commands.Operation;
import io.karst.commands.Reply;
import io.karst.engine.ListView;
import io.karst.engine.Tx;
import java.util.List;

/// `LTRIM`: keeps the elements from one index to another, and takes out the others.
@AutoService(Operation.class)
public final class Trim implements Operation {
  @Override
  public List<Command> commands() {
    return List.of(
        write("LTRIM key start stop", "1.0.0", "Keeps a range of elements.", Trim::trim)
            .complexity("O(N), N being the kilobytes removed, over eight")
            .keyFlags(KeyFlag.READ_WRITE, KeyFlag.DELETE));
  }

  private static Reply trim(Tx tx, Args args) {
    long start = args.int64(2);
    long stop = args.int64(3);
    ListView list = tx.listForUpdate(args.key(1));
    ListRange range = ListRange.of(start, stop, list.size());
    if (range.count() < list.size()) {
      list.keep(range.from(), range.count());
    }
    return Reply.OK;
  }
}
