package io.karst.commands.hash;

import static io.karst.commands.Command.write;

import com.google.auto.service.AutoService;
import io.karst.base.CommandException;
import io.karst.commands.Args;
import io.karst.commands.Command;
import io.karst.commands.KeyFlag;
import io.karst.commands.Operation;
import io.karst.commands.Reply;
import io.karst.commands.WordBatch;
import io.karst.engine.Tx;
import io.karst.memory.Record;
import java.util.List;

/// `HSET`, `HMSET`: set fields of a hash, all or none; each stays from then on.
///
/// Of a field that is named twice the last value stays.
@AutoService(Operation.class)
public final class SetFields implements Operation {
  @Override
  public List<Command> commands() {
    return List.of(
        refined(
                write(
                    "HSET key field value [field value ...]",
                    "2.0.0",
                    "Sets fields of a hash.",
                    (tx, args) -> Reply.of(set(tx, args, "hset"))))
            .history("4.0.0", "Takes more than one field."),
        refined(
                write(
                    "HMSET key field value [field value ...]",
                    "2.0.0",
                    "Sets fields of a hash.",
                    (tx, args) -> {
                      set(tx, args, "hmset");
                      return Reply.OK;
                    }))
            .deprecated("4.0.0", "`HSET` with several fields"));
  }

  private static Command refined(Command command) {
    return command
        .fast()
        .denyOom()
        .complexity("O(N), N being the number of fields set")
        .keyFlags(KeyFlag.READ_WRITE, KeyFlag.UPDATE);
  }

  private static int set(Tx tx, Args args, String command) {
    if (args.count() % 2 != 0) {
      throw CommandException.err("wrong number of arguments for '" + command + "' command");
    }
    return tx.hashForUpdate(args.key(1)).putAll(WordBatch.rest(args, 2, 2), Record.NO_EXPIRY);
  }
}
