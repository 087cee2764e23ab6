package io.karst.commands.generic;

import static io.karst.commands.Command.write;

import com.google.auto.service.AutoService;
import io.karst.commands.Args;
import io.karst.commands.Command;
import io.karst.commands.KeyFlag;
import io.karst.commands.Operation;
import io.karst.commands.Reply;
import io.karst.engine.Tx;
import io.karst.keyspace.Key;
import java.util.List;

/// `MOVE`: take a key to another database, unless that has one of the same name.
@AutoService(Operation.class)
public final class Move implements Operation {
  @Override
  public List<Command> commands() {
    return List.of(
        write("MOVE key db", "1.0.0", "Moves a key to another database.", Move::move)
            .fast()
            .slow() // The key in the other database may be on disk.
            .complexity("O(1)")
            .keyFlags(KeyFlag.READ_WRITE, KeyFlag.ACCESS, KeyFlag.UPDATE));
  }

  private static Reply move(Tx tx, Args args) {
    int target = DatabaseIndex.of(tx, args, 2);
    if (target == tx.database()) {
      throw DatabaseIndex.sameObject();
    }
    Key key = args.key(1);
    return Reply.of(!tx.exists(target, key) && tx.values().move(key, key, target));
  }
}
