package io.karst.server.operations.scripting;

import static io.karst.server.operations.SessionCommand.session;
import static io.karst.server.operations.SessionCommand.wrongArity;

import com.google.auto.service.AutoService;
import io.karst.base.CommandException;
import io.karst.commands.Args;
import io.karst.commands.Command;
import io.karst.commands.Flag;
import io.karst.commands.Operation;
import io.karst.commands.Reply;
import io.karst.server.scripts.RunningScripts;
import io.karst.server.scripts.Script;
import io.karst.server.session.Session;
import java.util.ArrayList;
import java.util.List;

/// `SCRIPT`: the cache of scripts, and the end of one that runs.
@AutoService(Operation.class)
public final class ScriptCommand implements Operation {
  private static final String UNKILLABLE =
      "UNKILLABLE the script has changed a large value or a whole database, which cannot be undone."
          + " Wait for its end, or use SHUTDOWN NOSAVE: then nothing of it is kept.";

  @Override
  public List<Command> commands() {
    return List.of(
        session("SCRIPT LOAD script", "2.6.0", "Keeps a script.", ScriptCommand::load)
            .stale()
            .flags(Flag.NO_SCRIPT)
            .complexity("O(N) where N is the length of the script")
            .tips("request_policy:all_nodes", "response_policy:all_succeeded"),
        session(
                "SCRIPT EXISTS sha1 [sha1 ...]",
                "2.6.0",
                "Tells which scripts are kept.",
                ScriptCommand::exists)
            .flags(Flag.NO_SCRIPT)
            .complexity("O(N) where N is the number of digests")
            .tips("request_policy:all_shards", "response_policy:agg_logical_and"),
        session("SCRIPT FLUSH [ASYNC | SYNC]", "2.6.0", "Forgets all.", ScriptCommand::flush)
            .flags(Flag.NO_SCRIPT)
            .complexity("O(N) where N is the number of scripts")
            .tips("request_policy:all_nodes", "response_policy:all_succeeded"),
        session("SCRIPT SHOW sha1", "8.0.0", "Answers a script's source.", ScriptCommand::show)
            .flags(Flag.NO_SCRIPT)
            .complexity("O(1)"),
        session("SCRIPT KILL", "2.6.0", "Ends scripts that run for long.", ScriptCommand::kill)
            .flags(Flag.NO_SCRIPT, Flag.ALLOW_BUSY)
            .complexity("O(1)")
            .tips("request_policy:all_shards", "response_policy:one_succeeded"),
        session("SCRIPT DEBUG <YES | SYNC | NO>", "3.2.0", "Refused.", ScriptCommand::debug)
            .flags(Flag.NO_SCRIPT)
            .complexity("O(1)"));
  }

  private static Reply load(Session session, Args args) {
    Script script = session.server().scripting().keep(args.bytes(2));
    return Reply.bulk(script.name());
  }

  private static Reply exists(Session session, Args args) {
    List<Reply> found = new ArrayList<>();
    for (int i = 2; i < args.count(); i++) {
      found.add(Reply.of(session.server().scripting().cache().has(args.bytes(i))));
    }
    return new Reply.Array(found);
  }

  private static Reply flush(Session session, Args args) {
    if (args.count() > 3) {
      throw wrongArity("script|flush");
    }
    if (args.count() == 3 && !args.is(2, "SYNC") && !args.is(2, "ASYNC")) {
      throw CommandException.err("SCRIPT FLUSH only support SYNC|ASYNC option");
    }
    session.server().scripting().flush();
    return Reply.OK;
  }

  private static Reply show(Session session, Args args) {
    Script script = session.server().scripting().cache().find(args.bytes(2));
    if (script == null) {
      throw new CommandException("NOSCRIPT No matching script.");
    }
    return Reply.bulk(script.source());
  }

  private static Reply kill(Session session, Args args) {
    return killed(session, false);
  }

  /// - `functions`: whether functions are to end, or scripts.
  static Reply killed(Session session, boolean functions) {
    RunningScripts.Kill outcome = session.server().scripting().running().kill(functions);
    return switch (outcome) {
      case KILLED -> Reply.OK;
      case NONE ->
          throw new CommandException("NOTBUSY No scripts in execution right now, none for long.");
      case OTHER_KIND ->
          throw new CommandException(
              "BUSY what runs for long is a "
                  + (functions ? "script. Use SCRIPT KILL." : "function. Use FUNCTION KILL."));
      case FINAL -> throw new CommandException(UNKILLABLE);
    };
  }

  private static Reply debug(Session session, Args args) {
    if (args.is(2, "NO")) {
      return Reply.OK;
    }
    throw CommandException.err(
        "there is no debugger of scripts. redis.log and redis.breakpoint do nothing that waits; use"
            + " a server of your own to try things.");
  }
}
