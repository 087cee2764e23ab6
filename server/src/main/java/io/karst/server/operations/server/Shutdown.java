package io.karst.server.operations.server;

import static io.karst.server.operations.SessionCommand.session;

import com.google.auto.service.AutoService;
import io.karst.base.CommandException;
import io.karst.base.Fault;
import io.karst.commands.Args;
import io.karst.commands.Command;
import io.karst.commands.Flag;
import io.karst.commands.Operation;
import io.karst.commands.Reply;
import io.karst.engine.Engine;
import io.karst.server.session.Session;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// `SHUTDOWN`: ends the process in order. It is not answered: the connection closes.
///
/// The history is made durable in any case. A checkpoint is taken unless `NOSAVE` says otherwise:
/// then the next start makes the changes again that the history has, and without a history what
/// changed since the last checkpoint is gone. If a checkpoint cannot be written the server goes on,
/// as memory has more than the disk then, unless it is told to `FORCE` its end. `SAVE` insists on a
/// disk; `NOW` describes what happens anyway, as there is no replica to wait for, and `ABORT` finds
/// nothing to stop.
@AutoService(Operation.class)
public final class Shutdown implements Operation {
  private static final Set<String> OPTIONS = Set.of("NOSAVE", "SAVE", "NOW", "FORCE", "ABORT");
  private static final Reply NONE = new Reply.None();

  @Override
  public List<Command> commands() {
    return List.of(
        session(
                "SHUTDOWN [NOSAVE | SAVE] [NOW] [FORCE] [ABORT]",
                "1.0.0",
                "Ends the server.",
                Shutdown::shutdown)
            .slow()
            .admin()
            .loading()
            .stale()
            .flags(Flag.NO_SCRIPT, Flag.NO_MULTI, Flag.ALLOW_BUSY)
            .complexity("O(1)")
            .history("7.0.0", "Takes NOW, FORCE and ABORT."));
  }

  private static Reply shutdown(Session session, Args args) {
    Set<String> options = new HashSet<>();
    for (int i = 1; i < args.count(); i++) {
      String option = args.bytes(i).utf8().toUpperCase(Locale.ROOT);
      if (!OPTIONS.contains(option)) {
        throw CommandException.syntax();
      }
      options.add(option);
    }
    boolean aborts = options.contains("ABORT");
    if ((aborts && options.size() > 1) || options.containsAll(Set.of("SAVE", "NOSAVE"))) {
      throw CommandException.syntax();
    }
    if (aborts) {
      throw CommandException.err("No shutdown in progress.");
    }
    save(session, options);
    session.server().shutdown(!options.contains("NOSAVE"));
    return NONE;
  }

  private static void save(Session session, Set<String> options) {
    Engine engine = session.server().engine();
    boolean insists = options.contains("SAVE");
    if (insists && !engine.tiered()) {
      throw CommandException.err("This server keeps data in memory only and cannot save it");
    }
    boolean may = options.contains("NOSAVE") || options.contains("FORCE");
    if (engine.tiered() && !may) {
      try {
        engine.checkpoint();
      } catch (Fault.ReadOnly failure) {
        throw CommandException.err("Errors trying to SHUTDOWN. Check logs.");
      }
    }
  }
}
