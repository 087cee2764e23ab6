package io.karst.server.operations.connection;

import static io.karst.server.operations.connection.ClientCommand.client;

import com.google.auto.service.AutoService;
import io.karst.base.CommandException;
import io.karst.commands.Args;
import io.karst.commands.Command;
import io.karst.commands.Operation;
import io.karst.commands.Reply;
import io.karst.server.session.Session;
import java.util.ArrayList;
import java.util.List;

/// `CLIENT KILL`: closes connections. One that closes itself hears the reply first.
@AutoService(Operation.class)
public final class ClientKill implements Operation {
  @Override
  public List<Command> commands() {
    return List.of(
        client(
                "KILL <ip:port | [ID client-id] [TYPE <NORMAL | MASTER | REPLICA | PUBSUB>]"
                    + " [USER username] [ADDR ip:port] [LADDR ip:port] [SKIPME <YES | NO>]"
                    + " [MAXAGE seconds]>",
                "2.4.0",
                "Closes connections.",
                ClientKill::kill)
            .arity(-3)
            .admin()
            .complexity("O(N) where N is the number of connections")
            .history("2.8.12", "Takes filters.")
            .history("6.2.0", "Takes LADDR.")
            .history("7.4.0", "Takes MAXAGE."));
  }

  private static Reply kill(Session self, Args args) {
    return args.count() == 3
        ? killAddress(self, args.bytes(2).utf8())
        : killAll(self, ClientFilter.parse(self, args, 2));
  }

  private static Reply killAddress(Session self, String address) {
    List<Session> meant = new ArrayList<>();
    self.server()
        .sessions()
        .forEach(session -> {
          if (session.remoteAddress().equals(address)) {
            meant.add(session);
          }
        });
    if (meant.isEmpty()) {
      throw CommandException.err("No such client");
    }
    meant.forEach(session -> close(session, self));
    return Reply.OK;
  }

  private static Reply killAll(Session self, ClientFilter filter) {
    long now = self.server().clock().wallMillis();
    List<Session> meant = new ArrayList<>();
    self.server()
        .sessions()
        .forEach(session -> {
          if (filter.test(session, self, now)) {
            meant.add(session);
          }
        });
    meant.forEach(session -> close(session, self));
    return Reply.of(meant.size());
  }

  private static void close(Session session, Session self) {
    if (session == self) {
      session.closeAfterReply();
    } else {
      session.kill();
    }
  }
}
