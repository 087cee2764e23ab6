package io.karst.commands.generic;

import static io.karst.commands.Command.write;

import com.google.auto.service.AutoService;
import io.karst.base.CommandException;
import io.karst.commands.Args;
import io.karst.commands.Command;
import io.karst.commands.KeyFlag;
import io.karst.commands.KeySpec;
import io.karst.commands.Operation;
import io.karst.commands.Reply;
import io.karst.engine.Tx;
import io.karst.keyspace.Key;
import java.util.List;

/// `RENAME`, `RENAMENX`: give a value, with its expiry, another key.
@AutoService(Operation.class)
public final class Rename implements Operation {
  private static final KeySpec SOURCE =
      KeySpec.at(1).flags(KeyFlag.READ_WRITE, KeyFlag.ACCESS, KeyFlag.DELETE);

  @Override
  public List<Command> commands() {
    return List.of(
        write("RENAME key newkey", "1.0.0", "Renames a key, replacing another.", Rename::rename)
            .complexity("O(N), N being the size of the value")
            .keys(SOURCE, KeySpec.at(2).flags(KeyFlag.OVERWRITE, KeyFlag.UPDATE)),
        write("RENAMENX key newkey", "1.0.0", "Renames a key, replacing none.", Rename::renameNew)
            .fast()
            .complexity("O(N), N being the size of the value")
            .keys(SOURCE, KeySpec.at(2).flags(KeyFlag.OVERWRITE, KeyFlag.INSERT))
            .history("3.2.0", "No error if both names are the same."));
  }

  private static Reply rename(Tx tx, Args args) {
    Key source = source(tx, args);
    Key target = args.key(2);
    if (!source.bytes().equals(target.bytes())) {
      move(tx, source, target);
    }
    return Reply.OK;
  }

  private static Reply renameNew(Tx tx, Args args) {
    Key source = source(tx, args);
    Key target = args.key(2);
    if (tx.exists(tx.database(), target)) {
      return Reply.ZERO;
    }
    move(tx, source, target);
    return Reply.ONE;
  }

  private static Key source(Tx tx, Args args) {
    Key source = args.key(1);
    if (tx.type(source) == null) {
      throw CommandException.noSuchKey();
    }
    return source;
  }

  private static void move(Tx tx, Key source, Key target) {
    tx.values().move(source, target, tx.database());
  }
}
