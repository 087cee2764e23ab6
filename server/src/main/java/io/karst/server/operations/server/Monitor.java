package io.karst.server.operations.server;

import static io.karst.server.operations.SessionCommand.session;

import com.google.auto.service.AutoService;
import io.karst.base.CommandException;
import io.karst.commands.Args;
import io.karst.commands.Command;
import io.karst.commands.Flag;
import io.karst.commands.Operation;
import io.karst.commands.Reply;
import io.karst.server.session.Session;
import java.util.List;

/// `MONITOR`: shows this connection every command that runs, until it ends, or `RESET`.
///
/// Commands of operators are not shown, nor secrets. One that does not take what it is shown is cut
/// off as a listener of messages would be.
@AutoService(Operation.class)
public final class Monitor implements Operation {
  @Override
  public List<Command> commands() {
    return List.of(
        session("MONITOR", "1.0.0", "Shows every command that runs.", Monitor::monitor)
            .admin()
            .loading()
            .stale()
            .flags(Flag.NO_SCRIPT)
            .complexity("O(1)"));
  }

  private static Reply monitor(Session session, Args args) {
    if (session.transaction() != null) {
      throw CommandException.err("MONITOR isn't allowed inside a transaction");
    }
    session.listening().monitor();
    return Reply.OK;
  }
}
