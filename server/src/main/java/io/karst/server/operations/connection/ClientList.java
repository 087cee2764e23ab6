package io.karst.server.operations.connection;

import static io.karst.server.operations.connection.ClientCommand.client;

import com.google.auto.service.AutoService;
import io.karst.base.Bytes;
import io.karst.commands.Args;
import io.karst.commands.Command;
import io.karst.commands.Operation;
import io.karst.commands.Reply;
import io.karst.server.session.ClientLine;
import io.karst.server.session.Session;
import java.util.List;

/// `CLIENT LIST` and `CLIENT INFO`: a line a connection.
@AutoService(Operation.class)
public final class ClientList implements Operation {
  @Override
  public List<Command> commands() {
    return List.of(
        client(
                "LIST [[NOT-]ID client-id [client-id ...]] " + ClientFilter.SYNTAX,
                "2.4.0",
                "Lists connections.",
                ClientList::list)
            .arity(-2)
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
    ClientFilter filter = ClientFilter.parse(session, args, 2, false);
    return text(filter.sessions(), session.server().clock().wallMillis());
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
