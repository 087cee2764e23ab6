package io.karst.server.operations.server;

import static io.karst.server.operations.SessionCommand.session;

import com.google.auto.service.AutoService;
import io.karst.base.CommandException;
import io.karst.commands.Args;
import io.karst.commands.Category;
import io.karst.commands.Command;
import io.karst.commands.Flag;
import io.karst.commands.Operation;
import io.karst.commands.Reply;
import io.karst.server.session.Session;
import io.karst.server.session.SessionBody;
import java.util.List;

/// `SAVE`, `BGSAVE`, `BGREWRITEAOF`, `LASTSAVE`: checkpoints.
///
/// A checkpoint brings what has changed from memory to the disk tier and then shortens the history,
/// so that it is both of what Redis has two commands for. It holds nobody up, `SAVE` its own client
/// alone.
@AutoService(Operation.class)
public final class Saving implements Operation {
  @Override
  public List<Command> commands() {
    return List.of(
        saving("SAVE", "1.0.0", "Takes a checkpoint, and answers when it is done.", Saving::save)
            .slow()
            .flags(Flag.NO_MULTI)
            .complexity("O(N) where N is the number of keys that have changed"),
        saving("BGSAVE [SCHEDULE]", "1.0.0", "Begins a checkpoint.", Saving::begin)
            .history("3.2.2", "Takes SCHEDULE."),
        saving("BGREWRITEAOF", "1.0.0", "Begins a checkpoint.", Saving::rewrite),
        session(
                "LASTSAVE",
                "1.0.0",
                "Answers when the last checkpoint was taken, in seconds since 1970.",
                (session, args) -> Reply.of(session.server().saves().lastMillis() / 1000))
            .loading()
            .stale()
            .fast()
            .categories(Category.ADMIN)
            .dangerous()
            .complexity("O(1)")
            .tips("nondeterministic_output"));
  }

  private static Command saving(String syntax, String since, String summary, SessionBody body) {
    return session(syntax, since, summary, body)
        .admin()
        .flags(Flag.NO_SCRIPT, Flag.NO_ASYNC_LOADING)
        .complexity("O(1)");
  }

  private static Reply save(Session session, Args args) {
    needDirectory(session);
    session.server().engine().checkpoint();
    return Reply.OK;
  }

  private static Reply begin(Session session, Args args) {
    needDirectory(session);
    if (args.count() > 2 || (args.count() == 2 && !args.is(1, "SCHEDULE"))) {
      throw CommandException.syntax();
    }
    if (!session.server().saves().begin()) {
      throw CommandException.err("Background save already in progress");
    }
    return new Reply.Simple("Background saving started");
  }

  private static Reply rewrite(Session session, Args args) {
    needDirectory(session);
    if (!session.server().saves().begin()) {
      throw CommandException.err("Background append only file rewriting already in progress");
    }
    return new Reply.Simple("Background append only file rewriting started");
  }

  private static void needDirectory(Session session) {
    if (!session.server().engine().tiered()) {
      throw CommandException.err("This server keeps data in memory only and cannot save it");
    }
  }
}
