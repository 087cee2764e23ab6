package io.karst.commands.generic;

import static io.karst.commands.Command.write;

import com.google.auto.service.AutoService;
import io.karst.base.CommandException;
import io.karst.commands.Args;
import io.karst.commands.Command;
import io.karst.commands.Operation;
import io.karst.commands.Reply;
import io.karst.engine.Tx;
import io.karst.keyspace.Key;
import java.util.List;

/// `COPY`: give a second key, perhaps of another database, the value and the expiry of a first.
@AutoService(Operation.class)
public final class Copy implements Operation {
  @Override
  public List<Command> commands() {
    return List.of(
        write(
                "COPY source destination [DB destination-db] [REPLACE]",
                "6.2.0",
                "Copies the value and the expiry of a key to another one.",
                Copy::copy)
            .denyOom()
            .slowWhen(args -> args.count() > 4) // The key in the other database may be on disk.
            .complexity("O(N), N being the size of the value"));
  }

  private static Reply copy(Tx tx, Args args) {
    int database = tx.database();
    boolean replace = false;
    for (int i = 3; i < args.count(); i++) {
      if (args.is(i, "REPLACE")) {
        replace = true;
      } else if (args.is(i, "DB") && i + 1 < args.count()) {
        database = DatabaseIndex.of(tx, args, ++i);
      } else {
        throw CommandException.syntax();
      }
    }
    Key source = args.key(1);
    Key target = args.key(2);
    if (database == tx.database() && source.bytes().equals(target.bytes())) {
      throw DatabaseIndex.sameObject();
    }
    if (!tx.exists(source) || (!replace && tx.exists(database, target))) {
      return Reply.ZERO;
    }
    return Reply.of(tx.values().copy(source, target, database));
  }
}
