package io.karst.commands.string;

import static io.karst.commands.Command.read;

import com.google.auto.service.AutoService;
import io.karst.commands.Command;
import io.karst.commands.KeyFlag;
import io.karst.commands.Operation;
import io.karst.commands.Reply;
import java.util.List;

/// `STRLEN`: the length of a string in bytes, 0 for a missing key.
@AutoService(Operation.class)
public final class Length implements Operation {
  @Override
  public List<Command> commands() {
    return List.of(
        read(
                "STRLEN key",
                "2.2.0",
                "Returns the length of a string.",
                (tx, args) -> Reply.of(tx.stringLength(args.key(1))))
            .fast()
            .complexity("O(1)")
            .keyFlags(KeyFlag.READ_ONLY));
  }
}
