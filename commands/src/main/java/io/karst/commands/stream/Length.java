package io.karst.commands.stream;

import static io.karst.commands.Command.read;

import com.google.auto.service.AutoService;
import io.karst.commands.Args;
import io.karst.commands.Command;
import io.karst.commands.KeyFlag;
import io.karst.commands.Operation;
import io.karst.commands.Reply;
import io.karst.engine.Tx;
import java.util.List;

/// `XLEN`: the number of entries, 0 if there is no key.
@AutoService(Operation.class)
public final class Length implements Operation {
  @Override
  public List<Command> commands() {
    return List.of(
        read("XLEN key", "5.0.0", "Counts the entries of a stream.", Length::length)
            .fast()
            .keyFlags(KeyFlag.READ_ONLY)
            .complexity("O(1)"));
  }

  private static Reply length(Tx tx, Args args) {
    return Reply.of(tx.stream(args.key(1)).length());
  }
}
