package io.karst.server.operations.connection;

import static io.karst.server.operations.connection.ClientCommand.client;

import com.google.auto.service.AutoService;
import io.karst.base.CommandException;
import io.karst.base.Decimal;
import io.karst.base.Limits;
import io.karst.commands.Args;
import io.karst.commands.Command;
import io.karst.commands.Operation;
import io.karst.commands.Reply;
import io.karst.server.session.Pause;
import io.karst.server.session.Session;
import java.util.List;

/// `CLIENT PAUSE` and `UNPAUSE`: holds the commands of all connections back for a while.
@AutoService(Operation.class)
public final class ClientPause implements Operation {
  @Override
  public List<Command> commands() {
    return List.of(
        client(
                "PAUSE timeout [WRITE | ALL]",
                "2.9.50",
                "Holds commands, or those that write, back for some milliseconds.",
                ClientPause::pause)
            .admin()
            .history("6.2.0", "Takes WRITE or ALL."),
        client("UNPAUSE", "6.2.0", "Ends a pause.", ClientPause::unpause)
            .admin()
            .complexity("O(N) where N is the number of connections"));
  }

  private static Reply pause(Session session, Args args) {
    if (args.count() > 4) {
      throw CommandException.err(
          "unknown subcommand or wrong number of arguments for '"
              + args.bytes(1).utf8()
              + "'. Try CLIENT HELP.");
    }
    Pause.Kind kind = Pause.Kind.ALL;
    if (args.is(3, "WRITE")) {
      kind = Pause.Kind.WRITES;
    } else if (args.count() == 4 && !args.is(3, "ALL")) {
      throw CommandException.err("CLIENT PAUSE mode must be WRITE or ALL");
    }
    long millis = Decimal.isInt64(args.bytes(2)) ? args.int64(2) : Limits.EXPIRY_MAX + 1;
    if (millis > Limits.EXPIRY_MAX) {
      throw CommandException.err("timeout is not an integer or out of range");
    }
    if (millis < 0) {
      throw CommandException.err("timeout is negative");
    }
    session.server().pause().begin(kind, session.server().clock().wallMillis() + millis);
    return Reply.OK;
  }

  private static Reply unpause(Session session, Args args) {
    session.server().pause().end();
    return Reply.OK;
  }
}
