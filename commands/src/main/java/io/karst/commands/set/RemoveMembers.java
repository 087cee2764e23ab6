package io.karst.commands.set;

import static io.karst.commands.Command.write;

import com.google.auto.service.AutoService;
import io.karst.commands.Args;
import io.karst.commands.Command;
import io.karst.commands.KeyFlag;
import io.karst.commands.Operation;
import io.karst.commands.Reply;
import io.karst.commands.WordBatch;
import io.karst.engine.SetView;
import io.karst.engine.Tx;
import java.util.List;

/// `SREM`: removes members; the set goes with its last one.
@AutoService(Operation.class)
public final class RemoveMembers implements Operation {
  @Override
  public List<Command> commands() {
    return List.of(
        write(
                "SREM key member [member ...]",
                "1.0.0",
                "Removes members of a set.",
                RemoveMembers::remove)
            .fast()
            .complexity("O(N), N being the number of members to be removed")
            .keyFlags(KeyFlag.READ_WRITE, KeyFlag.DELETE)
            .history("2.4.0", "Takes more than one member."));
  }

  private static Reply remove(Tx tx, Args args) {
    SetView set = tx.setForUpdate(args.key(1));
    return set.exists() ? Reply.of(set.removeEach(WordBatch.rest(args, 2, 1))) : Reply.ZERO;
  }
}
