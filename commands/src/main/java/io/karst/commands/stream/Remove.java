package io.karst.commands.stream;

import static io.karst.commands.Command.write;

import com.google.auto.service.AutoService;
import io.karst.commands.Args;
import io.karst.commands.Command;
import io.karst.commands.KeyFlag;
import io.karst.commands.Operation;
import io.karst.commands.Reply;
import io.karst.engine.StreamView;
import io.karst.engine.Tx;
import io.karst.value.StreamId;
import java.util.List;

/// `XDEL`: take entries out.
@AutoService(Operation.class)
public final class Remove implements Operation {
  @Override
  public List<Command> commands() {
    return List.of(
        write("XDEL key id [id ...]", "5.0.0", "Deletes entries; tells how many.", Remove::remove)
            .fast()
            .keyFlags(KeyFlag.READ_WRITE, KeyFlag.DELETE)
            .complexity("O(1) for each entry"));
  }

  private static Reply remove(Tx tx, Args args) {
    StreamId[] ids = Ids.ids(args, 2, args.count());
    StreamView stream = tx.streamForUpdate(args.key(1));
    long removed = 0;
    for (StreamId id : ids) {
      removed += stream.remove(id) ? 1 : 0;
    }
    return Reply.of(removed);
  }
}
