package io.karst.commands.server;

import static io.karst.commands.Command.write;

import com.google.auto.service.AutoService;
import io.karst.base.CommandException;
import io.karst.commands.Args;
import io.karst.commands.Command;
import io.karst.commands.Flag;
import io.karst.commands.Operation;
import io.karst.commands.Reply;
import io.karst.engine.Tx;
import io.karst.transfer.Reload;
import java.util.List;

/// `DEBUG RELOAD`: saves all keys and loads them again. Redis empties the store in between; here
/// the keys go through the file some at a time, so that none is ever missing.
@AutoService(Operation.class)
public final class DebugReload implements Operation {
  @Override
  public List<Command> commands() {
    return List.of(
        write(
                "DEBUG RELOAD [MERGE] [NOFLUSH] [NOSAVE]",
                "1.0.0",
                "Saves all keys and loads them again, whatever the options.",
                DebugReload::reload)
            .noKeys()
            .slow()
            .admin()
            .flags(Flag.NO_SCRIPT, Flag.NO_MULTI)
            .complexity("O(N), N being the size of all values"));
  }

  private static Reply reload(Tx tx, Args args) {
    for (int i = 2; i < args.count(); i++) {
      if (!args.is(i, "MERGE") && !args.is(i, "NOFLUSH") && !args.is(i, "NOSAVE")) {
        throw CommandException.err(
            "DEBUG RELOAD only supports the MERGE, NOFLUSH and NOSAVE options.");
      }
    }
    Reload.run(tx);
    return Reply.OK;
  }
}
