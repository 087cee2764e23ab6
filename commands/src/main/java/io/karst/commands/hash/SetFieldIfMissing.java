package io.karst.commands.hash;

import static io.karst.commands.Command.write;

import com.google.auto.service.AutoService;
import io.karst.base.Bytes;
import io.karst.commands.Args;
import io.karst.commands.Command;
import io.karst.commands.KeyFlag;
import io.karst.commands.Operation;
import io.karst.commands.Reply;
import io.karst.engine.HashView;
import io.karst.engine.Tx;
import java.util.List;

/// `HSETNX`: sets a field that is missing.
@AutoService(Operation.class)
public final class SetFieldIfMissing implements Operation {
  @Override
  public List<Command> commands() {
    return List.of(
        write(
                "HSETNX key field value",
                "2.0.0",
                "Sets a field of a hash if it is missing.",
                SetFieldIfMissing::set)
            .fast()
            .denyOom()
            .complexity("O(1)")
            .keyFlags(KeyFlag.READ_WRITE, KeyFlag.INSERT));
  }

  private static Reply set(Tx tx, Args args) {
    HashView hash = tx.hashForUpdate(args.key(1));
    Bytes field = args.bytes(2);
    return Reply.of(!hash.contains(field) && hash.put(field, args.bytes(3)));
  }
}
