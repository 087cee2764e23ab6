package io.karst.commands.list;

import static io.karst.commands.Command.read;

import com.google.auto.service.AutoService;
import io.karst.commands.Args;
import io.karst.commands.Command;
import io.karst.commands.KeyFlag;
import io.karst.commands.Operation;
import io.karst.commands.Reply;
import io.karst.engine.Tx;
import java.util.List;

/// `LLEN`: the number of elements of a list, 0 if there is none.
@AutoService(Operation.class)
public final class Length implements Operation {
  @Override
  public List<Command> commands() {
    return List.of(
        read("LLEN key", "1.0.0", "Returns the length of a list.", Length::length)
            .fast()
            .complexity("O(1)")
            .keyFlags(KeyFlag.READ_ONLY));
  }

  private static Reply length(Tx tx, Args args) {
    return Reply.of(tx.list(args.key(1)).size());
  }
}
