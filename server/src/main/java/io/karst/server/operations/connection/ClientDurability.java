package io.karst.server.operations.connection;

import static io.karst.server.operations.connection.ClientCommand.client;

import com.google.auto.service.AutoService;
import io.karst.base.CommandException;
import io.karst.commands.Args;
import io.karst.commands.Command;
import io.karst.commands.Operation;
import io.karst.commands.Reply;
import io.karst.server.session.Durability;
import io.karst.server.session.Session;
import java.util.List;
import java.util.Locale;

/// `CLIENT DURABILITY`: how safe what this connection is told has to be before it is told. Karst's
/// own.
///
/// Without a level it answers the one that holds: until a connection chooses its own, and after
/// `RESET`, what `appendfsync` says, or `quorum` in a cluster.
@AutoService(Operation.class)
public final class ClientDurability implements Operation {
  @Override
  public List<Command> commands() {
    return List.of(
        client(
            "DURABILITY [NONE | LOCAL | FSYNC | QUORUM]",
            "0.1.0",
            "Chooses when replies leave: at once, when what they tell is with the operating system,"
                + " on disk, or on a majority of servers. Without a level: answers which holds.",
            ClientDurability::durability));
  }

  private static Reply durability(Session session, Args args) {
    if (args.count() == 2) {
      return Reply.bulk(session.durability().name().toLowerCase(Locale.ROOT));
    }
    session.durability(level(session, args));
    return Reply.OK;
  }

  private static Durability level(Session session, Args args) {
    if (args.count() > 3) {
      throw CommandException.syntax();
    }
    if (args.is(2, "NONE")) {
      return Durability.NONE;
    }
    if (args.is(2, "QUORUM")) {
      if (session.server().membership() == null) {
        throw CommandException.err("This is a single server: there is no quorum to wait for");
      }
      return Durability.QUORUM;
    }
    if (!args.is(2, "LOCAL") && !args.is(2, "FSYNC")) {
      throw CommandException.syntax();
    }
    if (!session.server().engine().log().keeps()) {
      throw CommandException.err("No history is kept on disk: appendonly is no");
    }
    return args.is(2, "LOCAL") ? Durability.LOCAL : Durability.FSYNC;
  }
}
