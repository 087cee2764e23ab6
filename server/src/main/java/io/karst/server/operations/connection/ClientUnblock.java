package io.karst.server.operations.connection;

import static io.karst.server.operations.connection.ClientCommand.client;

import com.google.auto.service.AutoService;
import io.karst.base.CommandException;
import io.karst.commands.Args;
import io.karst.commands.Command;
import io.karst.commands.Operation;
import io.karst.commands.Reply;
import io.karst.server.session.BlockedCall;
import io.karst.server.session.Session;
import java.util.List;

/// `CLIENT UNBLOCK`: ends the waiting of another connection's command for a key.
@AutoService(Operation.class)
public final class ClientUnblock implements Operation {
  @Override
  public List<Command> commands() {
    return List.of(
        client(
                "UNBLOCK client-id [TIMEOUT | ERROR]",
                "5.0.0",
                "Ends the waiting of a connection's command for a key.",
                ClientUnblock::unblock)
            .admin()
            .complexity("O(log N) where N is the number of connections that wait"));
  }

  private static Reply unblock(Session self, Args args) {
    boolean withError = args.is(3, "ERROR");
    if (args.count() > 4 || (args.count() == 4 && !withError && !args.is(3, "TIMEOUT"))) {
      throw CommandException.err("CLIENT UNBLOCK reason should be TIMEOUT or ERROR");
    }
    Session other = self.server().sessions().byId(args.int64(2));
    BlockedCall blocked = other == null ? null : other.blocked();
    return Reply.of(blocked != null && blocked.unblock(withError));
  }
}
