package io.karst.commands.generic;

import static io.karst.commands.Command.write;

import com.google.auto.service.AutoService;
import io.karst.commands.Args;
import io.karst.commands.Command;
import io.karst.commands.Operation;
import io.karst.commands.Reply;
import io.karst.engine.Tx;
import io.karst.keyspace.Key;
import io.karst.memory.Record;
import java.util.List;

/// `PERSIST`: let a key stay that would have gone; 1 if there was such a key.
@AutoService(Operation.class)
public final class Persist implements Operation {
  @Override
  public List<Command> commands() {
    return List.of(
        write("PERSIST key", "2.2.0", "Removes the expiry of a key.", Persist::persist)
            .fast()
            .complexity("O(1)"));
  }

  private static Reply persist(Tx tx, Args args) {
    Key key = args.key(1);
    if (tx.expiry(key) < 0) {
      return Reply.ZERO;
    }
    tx.expire(key, Record.NO_EXPIRY);
    return Reply.ONE;
  }
}
