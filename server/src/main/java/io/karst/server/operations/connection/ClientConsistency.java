package io.karst.server.operations.connection;

import static io.karst.server.operations.connection.ClientCommand.client;

import com.google.auto.service.AutoService;
import io.karst.base.CommandException;
import io.karst.commands.Args;
import io.karst.commands.Command;
import io.karst.commands.Operation;
import io.karst.commands.Reply;
import io.karst.server.session.Session;
import java.util.List;

/// `CLIENT CONSISTENCY`: whether what this connection reads in a cluster has to be the latest there
/// is. Karst's own.
///
/// `STRONG`, as it is at first: each read is proved to come from who leads. `EVENTUAL`: it is not,
/// and so may be what a leader knows that has been deposed a moment ago, without having heard of
/// it; it is on the disks of a majority all the same. Without a word it answers which holds.
@AutoService(Operation.class)
public final class ClientConsistency implements Operation {
  @Override
  public List<Command> commands() {
    return List.of(
        client(
            "CONSISTENCY [STRONG | EVENTUAL]",
            "0.1.0",
            "Chooses whether reads have to be the latest in a cluster. Without a word: answers"
                + " which holds.",
            ClientConsistency::consistency));
  }

  private static Reply consistency(Session session, Args args) {
    if (args.count() == 2) {
      return Reply.bulk(session.eventual() ? "eventual" : "strong");
    }
    if (args.count() > 3 || (!args.is(2, "STRONG") && !args.is(2, "EVENTUAL"))) {
      throw CommandException.syntax();
    }
    session.eventual(args.is(2, "EVENTUAL"));
    return Reply.OK;
  }
}
