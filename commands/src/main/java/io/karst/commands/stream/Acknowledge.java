package io.karst.commands.stream;

import static io.karst.commands.Command.write;

import com.google.auto.service.AutoService;
import io.karst.commands.Args;
import io.karst.commands.Command;
import io.karst.commands.Operation;
import io.karst.commands.Reply;
import io.karst.engine.StreamView;
import io.karst.engine.Tx;
import io.karst.value.StreamGroup;
import io.karst.value.StreamId;
import java.util.List;

/// `XACK`: let entries not be pending any more.
@AutoService(Operation.class)
public final class Acknowledge implements Operation {
  @Override
  public List<Command> commands() {
    return List.of(
        write(
                "XACK key group id [id ...]",
                "5.0.0",
                "Acknowledges entries that are pending in a group; tells how many.",
                Acknowledge::acknowledge)
            .fast()
            .complexity("O(1) for each entry"));
  }

  private static Reply acknowledge(Tx tx, Args args) {
    StreamView stream = tx.streamForUpdate(args.key(1));
    StreamGroup group = stream.group(args.bytes(2));
    if (group == null) {
      return Reply.ZERO;
    }
    long acknowledged = 0;
    for (StreamId id : Ids.ids(args, 3, args.count())) {
      acknowledged += stream.acknowledge(group, id) ? 1 : 0;
    }
    return Reply.of(acknowledged);
  }
}
