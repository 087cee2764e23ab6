package io.karst.server.operations.connection;

import static io.karst.server.operations.SessionCommand.session;

import com.google.auto.service.AutoService;
import io.karst.base.CommandException;
import io.karst.commands.Args;
import io.karst.commands.Command;
import io.karst.commands.Operation;
import io.karst.commands.Reply;
import io.karst.server.session.Session;
import java.util.List;

/// `SELECT`: which database the connection works on.
@AutoService(Operation.class)
public final class Select implements Operation {
  @Override
  public List<Command> commands() {
    return List.of(
        session("SELECT index", "1.0.0", "Changes the database.", Select::select)
            .fast()
            .loading()
            .stale()
            .complexity("O(1)"));
  }

  private static Reply select(Session session, Args args) {
    long index = args.int64(1);
    if (index != (int) index) {
      throw CommandException.err(
          "value is out of range, value must between -2147483648 and 2147483647");
    }
    boolean single = session.server().membership() != null;
    if (index < 0 || (!single && index >= session.server().engine().databases())) {
      throw CommandException.err("DB index is out of range");
    }
    if (index != 0 && single) {
      throw CommandException.err("SELECT is not allowed in cluster mode");
    }
    session.database((int) index);
    return Reply.OK;
  }
}
