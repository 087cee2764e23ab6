package io.karst.server.operations.connection;

import static io.karst.server.operations.connection.ClientCommand.client;
import static io.karst.server.operations.connection.ClientCommand.isOn;

import com.google.auto.service.AutoService;
import io.karst.base.CommandException;
import io.karst.commands.Args;
import io.karst.commands.Command;
import io.karst.commands.Operation;
import io.karst.commands.Reply;
import io.karst.server.session.ReplyMode;
import io.karst.server.session.Session;
import java.util.List;

/// `CLIENT REPLY`, `NO-EVICT`, `NO-TOUCH`: how the server treats this connection.
@AutoService(Operation.class)
public final class ClientModes implements Operation {
  private static final Reply NONE = new Reply.None();

  @Override
  public List<Command> commands() {
    return List.of(
        client(
            "REPLY <ON | OFF | SKIP>",
            "3.2.0",
            "Chooses whether commands are answered; SKIP leaves out one reply.",
            ClientModes::reply),
        client(
                "NO-EVICT <ON | OFF>",
                "7.0.0",
                "Spares this connection when clients are closed to save memory.",
                ClientModes::noEvict)
            .admin(),
        client(
            "NO-TOUCH <ON | OFF>",
            "7.2.0",
            "Leaves the access time of keys alone that this connection reads.",
            ClientModes::noTouch));
  }

  private static Reply reply(Session session, Args args) {
    if (args.is(2, "ON")) {
      session.replyMode(ReplyMode.ON);
      return Reply.OK;
    }
    if (args.is(2, "OFF")) {
      session.replyMode(ReplyMode.OFF);
    } else if (!args.is(2, "SKIP")) {
      throw CommandException.syntax();
    } else if (session.replyMode() != ReplyMode.OFF) {
      session.replyMode(ReplyMode.SKIP_NEXT);
    }
    return NONE;
  }

  private static Reply noEvict(Session session, Args args) {
    session.noEvict(isOn(args, 2));
    return Reply.OK;
  }

  private static Reply noTouch(Session session, Args args) {
    session.noTouch(isOn(args, 2));
    return Reply.OK;
  }
}
