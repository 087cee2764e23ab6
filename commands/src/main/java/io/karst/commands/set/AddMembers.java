package io.karst.commands.set;

import static io.karst.commands.Command.write;

import com.google.auto.service.AutoService;
import io.karst.commands.Args;
import io.karst.commands.Command;
import io.karst.commands.KeyFlag;
import io.karst.commands.Operation;
import io.karst.commands.Reply;
import io.karst.commands.WordBatch;
import io.karst.engine.Tx;
import java.util.List;

/// `SADD`: adds members to a set, all or none; a member that is there keeps its expiry.
@AutoService(Operation.class)
public final class AddMembers implements Operation {
  @Override
  public List<Command> commands() {
    return List.of(
        write("SADD key member [member ...]", "1.0.0", "Adds members to a set.", AddMembers::add)
            .fast()
            .denyOom()
            .complexity("O(N), N being the number of members to be added")
            .keyFlags(KeyFlag.READ_WRITE, KeyFlag.INSERT)
            .history("2.4.0", "Takes more than one member."));
  }

  private static Reply add(Tx tx, Args args) {
    return Reply.of(tx.setForUpdate(args.key(1)).addAll(WordBatch.rest(args, 2, 1)));
  }
}
