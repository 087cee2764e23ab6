package io.karst.commands.generic;

import static io.karst.commands.Command.write;

import com.google.auto.service.AutoService;
import io.karst.base.Limits;
import io.karst.commands.Args;
import io.karst.commands.Command;
import io.karst.commands.KeyFlag;
import io.karst.commands.Operation;
import io.karst.commands.Reply;
import io.karst.engine.Tx;
import java.util.List;

/// `DEL`, `UNLINK`: remove keys and count those that existed.
///
/// The two are the same here: what a key held is always given back after the locks are released,
/// large values in the background.
@AutoService(Operation.class)
public final class Delete implements Operation {
  @Override
  public List<Command> commands() {
    return List.of(
        refined(write("DEL key [key ...]", "1.0.0", "Removes keys.", Delete::delete)),
        refined(write("UNLINK key [key ...]", "4.0.0", "Removes keys.", Delete::delete)).fast());
  }

  private static Command refined(Command command) {
    return command
        .keyFlags(KeyFlag.REMOVE, KeyFlag.DELETE)
        .complexity("O(N), N being the number of keys")
        .tips("request_policy:multi_shard", "response_policy:agg_sum")
        .slowWhen(args -> args.count() > Limits.LOOP_KEYS_MAX);
  }

  private static Reply delete(Tx tx, Args args) {
    long deleted = 0;
    for (int i = 1; i < args.count(); i++) {
      if (tx.delete(args.key(i))) {
        deleted++;
      }
    }
    return Reply.of(deleted);
  }
}
