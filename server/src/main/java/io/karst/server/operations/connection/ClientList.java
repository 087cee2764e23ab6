package io.karst.server.operations.connection;

import static io.karst.server.operations.connection.ClientCommand.client;

import com.google.auto.service.AutoService;
import io.karst.base.Bytes;
import io.karst.base.CommandException;
import io.karst.base.Decimal;
import io.karst.commands.Args;
import io.karst.commands.Command;
import io.karst.commands.Operation;
import io.karst.commands.Reply;
import io.karst.server.session.ClientLine;
import io.karst.server.session.Session;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// `CLIENT LIST` and `CLIENT INFO`: a line a connection.
@AutoService(Operation.class)
public final class ClientList implements Operation {
  @Override
  public List<Command> commands() {
    return List.of(
        client(
                "LIST [TYPE <NORMAL | MASTER | REPLICA | PUBSUB>] [ID client-id [client-id ...]]",
                "2.4.0",
                "Lists connections.",
                ClientList::list)
            .admin()
            .slow()
            .complexity("O(N) where N is the number of connections")
            .tips("nondeterministic_output")
            .history("5.0.0", "Takes TYPE.")
            .history("6.2.0", "Takes ID."),
        client("INFO", "6.2.0", "Describes this connection.", ClientList::info)
            .tips("nondeterministic_output"));
  }

  private static Reply list(Session session, Args args) {
    List<Session> sessions = new ArrayList<>();
    if (args.count() == 2) {
      session.server().sessions().forEach(sessions::add);
    } else if (args.is(2, "TYPE") && args.count() == 4) {
      if (ClientType.of(args, 3) == ClientType.NORMAL) {
        session.server().sessions().forEach(sessions::add);
      }
    } else if (args.is(2, "ID") && args.count() > 3) {
      addById(session, args, sessions);
    } else {
      throw CommandException.syntax();
    }
    sessions.sort(Comparator.comparingLong(Session::id));
    return text(sessions, session.server().clock().wallMillis());
  }

  private static void addById(Session session, Args args, List<Session> sessions) {
    for (int i = 3; i < args.count(); i++) {
      if (!Decimal.isInt64(args.bytes(i))) {
        throw CommandException.err("Invalid client ID");
      }
      Session named = session.server().sessions().byId(args.int64(i));
      if (named != null) {
        sessions.add(named);
      }
    }
  }

  private static Reply info(Session session, Args args) {
    return text(List.of(session), session.server().clock().wallMillis());
  }

  private static Reply text(List<Session> sessions, long nowMillis) {
    StringBuilder text = new StringBuilder();
    for (Session session : sessions) {
      ClientLine.append(text, session, nowMillis);
      text.append('\n');
    }
    return new Reply.Verbatim("txt", Bytes.utf8(text.toString()));
  }
}
