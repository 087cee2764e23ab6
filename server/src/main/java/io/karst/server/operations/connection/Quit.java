package io.karst.server.operations.connection;

import static io.karst.server.operations.SessionCommand.session;

import com.google.auto.service.AutoService;
import io.karst.commands.Args;
import io.karst.commands.Command;
import io.karst.commands.Flag;
import io.karst.commands.Operation;
import io.karst.commands.Reply;
import io.karst.server.session.Session;
import java.util.List;

/// `QUIT` and `RESET`: the end of a connection, and its beginning over again.
@AutoService(Operation.class)
public final class Quit implements Operation {
  private static final Reply RESET = new Reply.Simple("RESET");

  @Override
  public List<Command> commands() {
    return List.of(
        always(session("QUIT", "1.0.0", "Closes the connection.", Quit::quit))
            .arity(-1)
            .deprecated("7.2.0", "just closing the connection"),
        always(
            session(
                "RESET", "6.2.0", "Makes the connection what it was when it began.", Quit::reset)));
  }

  private static Command always(Command command) {
    return command
        .fast()
        .noAuth()
        .loading()
        .stale()
        .flags(Flag.NO_SCRIPT, Flag.ALLOW_BUSY)
        .complexity("O(1)");
  }

  private static Reply quit(Session session, Args args) {
    session.closeAfterReply();
    return Reply.OK;
  }

  private static Reply reset(Session session, Args args) {
    session.reset();
    return RESET;
  }
}
