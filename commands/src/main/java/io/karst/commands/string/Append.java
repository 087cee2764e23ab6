package io.karst.commands.string;

import static io.karst.commands.Command.write;

import com.google.auto.service.AutoService;
import io.karst.base.Bytes;
import io.karst.commands.Args;
import io.karst.commands.Command;
import io.karst.commands.KeyFlag;
import io.karst.commands.Operation;
import io.karst.commands.Reply;
import io.karst.engine.Tx;
import java.util.List;

/// `APPEND`: appends to a string, creating the key if it is missing; returns the new length.
@AutoService(Operation.class)
public final class Append implements Operation {
  @Override
  public List<Command> commands() {
    return List.of(
        write("APPEND key value", "2.0.0", "Appends to a string.", Append::append)
            .fast()
            .denyOom()
            .complexity("O(1), amortised")
            .keyFlags(KeyFlag.READ_WRITE, KeyFlag.INSERT));
  }

  private static Reply append(Tx tx, Args args) {
    Bytes suffix = args.bytes(2);
    StringErrors.checkLength(tx, (long) tx.stringLength(args.key(1)) + suffix.length());
    return Reply.of(tx.append(args.key(1), suffix));
  }
}
