package io.karst.server.operations.transactions;

import static io.karst.server.operations.SessionCommand.session;
import static io.karst.server.operations.SessionCommand.wrongArity;

import com.google.auto.service.AutoService;
import io.karst.base.CommandException;
import io.karst.commands.Args;
import io.karst.commands.Command;
import io.karst.commands.Flag;
import io.karst.commands.Operation;
import io.karst.commands.Reply;
import io.karst.server.session.Session;
import io.karst.server.session.Transaction;
import java.util.List;

/// `MULTI`, `EXEC`, `DISCARD`: several commands as one.
///
/// What is between them is queued, and run by EXEC, where the session's commands are dispatched:
/// the bodies here are for sessions that do not queue. `MULTI ATOMIC`, which Redis does not have,
/// takes everything back if one of the commands fails.
@AutoService(Operation.class)
public final class Multi implements Operation {
  @Override
  public List<Command> commands() {
    return List.of(
        transaction(
                session(
                    "MULTI [ATOMIC]", "1.2.0", "Queues the commands that follow.", Multi::multi))
            .fast()
            .flags(Flag.ALLOW_BUSY)
            .complexity("O(1)"),
        transaction(
                session(
                    "EXEC",
                    "1.2.0",
                    "Runs the queued commands as one.",
                    (session, args) -> {
                      throw CommandException.err("EXEC without MULTI");
                    }))
            .flags(Flag.SKIP_SLOWLOG)
            .complexity("Depends on the commands"),
        transaction(session("DISCARD", "2.0.0", "Forgets the queued commands.", Multi::discard))
            .fast()
            .flags(Flag.ALLOW_BUSY)
            .complexity("O(N) where N is the number of queued commands"));
  }

  /// What these commands have in common with WATCH and UNWATCH.
  static Command transaction(Command command) {
    return command.loading().stale().flags(Flag.NO_SCRIPT);
  }

  private static Reply multi(Session session, Args args) {
    boolean atomic = args.is(1, "ATOMIC");
    Transaction transaction = session.transaction();
    if (args.count() > 2 || (args.count() == 2 && !atomic)) {
      if (transaction != null) {
        transaction.breaks();
      }
      throw wrongArity("multi"); // As Redis, which does not know what may come there.
    }
    if (transaction != null) {
      throw CommandException.err("MULTI calls can not be nested");
    }
    int databases = session.server().engine().databases();
    session.begin(new Transaction(session.database(), databases, atomic));
    return Reply.OK;
  }

  private static Reply discard(Session session, Args args) {
    if (session.transaction() == null) {
      throw CommandException.err("DISCARD without MULTI");
    }
    session.endTransaction();
    return Reply.OK;
  }
}
