package io.karst.server.operations.scripting;

import static io.karst.server.operations.SessionCommand.session;

import com.google.auto.service.AutoService;
import io.karst.base.Bytes;
import io.karst.base.CommandException;
import io.karst.commands.Args;
import io.karst.commands.Command;
import io.karst.commands.Flag;
import io.karst.commands.Operation;
import io.karst.commands.Reply;
import io.karst.engine.Tx;
import io.karst.lua.LuaLibrary;
import io.karst.rdb.LibraryPayload;
import io.karst.server.scripts.Functions;
import io.karst.server.session.Session;
import io.karst.server.session.SessionKeysBody;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// `FUNCTION`: what changes the libraries that the store keeps. Each is a transaction of the store,
/// and a part of its history.
@AutoService(Operation.class)
public final class FunctionCommand implements Operation {
  @Override
  public List<Command> commands() {
    return List.of(
        changing("LOAD [REPLACE] function-code", "Keeps a library.", FunctionCommand::load)
            .denyOom()
            .complexity("O(1)"),
        changing("DELETE library-name", "Removes a library.", FunctionCommand::delete)
            .complexity("O(1)"),
        changing("FLUSH [ASYNC | SYNC]", "Removes all libraries.", FunctionCommand::flush)
            .complexity("O(N) where N is the number of functions"),
        changing(
                "RESTORE serialized-value [FLUSH | APPEND | REPLACE]",
                "Keeps the libraries that FUNCTION DUMP has answered.",
                FunctionCommand::restore)
            .denyOom()
            .complexity("O(N) where N is the number of functions"),
        session("FUNCTION DUMP", "7.0.0", "Answers all libraries.", FunctionCommand::dump)
            .flags(Flag.NO_SCRIPT)
            .complexity("O(N) where N is the number of functions"),
        session(
                "FUNCTION KILL",
                "7.0.0",
                "Ends functions that run for long.",
                FunctionCommand::kill)
            .flags(Flag.NO_SCRIPT, Flag.ALLOW_BUSY)
            .complexity("O(1)")
            .tips("request_policy:all_shards", "response_policy:one_succeeded"));
  }

  private static Command changing(String syntax, String summary, SessionKeysBody body) {
    return Command.onKeys("FUNCTION " + syntax, "7.0.0", summary, body)
        .noKeys()
        .locksAll()
        .flags(Flag.WRITE, Flag.NO_SCRIPT)
        .tips("request_policy:all_shards", "response_policy:all_succeeded");
  }

  private static Reply load(Session session, Tx tx, Args args) {
    boolean replace = false;
    for (int i = 2; i < args.count() - 1; i++) {
      if (!args.is(i, "REPLACE")) {
        throw CommandException.err("Unknown option given: " + args.bytes(i).utf8());
      }
      replace = true;
    }
    Functions functions = session.server().scripting().functions();
    LuaLibrary library = functions.load(args.bytes(args.count() - 1));
    Functions.add(library, functions.libraries(), replace);
    tx.libraries().put(library.name(), library.code());
    return Reply.bulk(library.name());
  }

  private static Reply delete(Session session, Tx tx, Args args) {
    if (!tx.libraries().remove(args.bytes(2).utf8())) {
      throw CommandException.err("Library not found");
    }
    return Reply.OK;
  }

  private static Reply flush(Session session, Tx tx, Args args) {
    if (args.count() > 3) {
      throw misused("flush");
    }
    if (args.count() == 3 && !args.is(2, "SYNC") && !args.is(2, "ASYNC")) {
      throw CommandException.err("FUNCTION FLUSH only supports SYNC|ASYNC option");
    }
    tx.libraries().clear();
    return Reply.OK;
  }

  private static Reply restore(Session session, Tx tx, Args args) {
    boolean flush = args.is(3, "FLUSH");
    boolean replace = args.is(3, "REPLACE");
    if (args.count() > 4) {
      throw misused("restore");
    }
    if (args.count() == 4 && !flush && !replace && !args.is(3, "APPEND")) {
      throw CommandException.err(
          "Wrong restore policy given, value should be either FLUSH, APPEND or REPLACE.");
    }
    Functions functions = session.server().scripting().functions();
    SortedMap<String, LuaLibrary> beside = flush ? new TreeMap<>() : functions.libraries();
    List<LuaLibrary> libraries = new ArrayList<>();
    for (Bytes source : LibraryPayload.open(args.bytes(2))) {
      libraries.add(functions.load(source));
    }
    if (replace) {
      libraries.forEach(library -> beside.remove(library.name()));
    }
    for (LuaLibrary library : libraries) {
      if (beside.containsKey(library.name())) {
        throw CommandException.err("Library " + library.name() + " already exists");
      }
      Functions.add(library, beside, false);
    }
    if (flush) {
      tx.libraries().clear();
    }
    libraries.forEach(library -> tx.libraries().put(library.name(), library.code()));
    return Reply.OK;
  }

  private static CommandException misused(String subcommand) {
    return CommandException.err(
        "unknown subcommand or wrong number of arguments for '"
            + subcommand
            + "'. Try FUNCTION HELP.");
  }

  private static Reply dump(Session session, Args args) {
    return Reply.bulk(LibraryPayload.of(session.server().engine().libraries().all().values()));
  }

  private static Reply kill(Session session, Args args) {
    return ScriptCommand.killed(session, true);
  }
}
