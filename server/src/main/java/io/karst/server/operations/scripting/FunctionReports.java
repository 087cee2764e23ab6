package io.karst.server.operations.scripting;

import static io.karst.server.operations.SessionCommand.session;

import com.google.auto.service.AutoService;
import io.karst.base.Bytes;
import io.karst.base.CommandException;
import io.karst.base.Glob;
import io.karst.commands.Args;
import io.karst.commands.Command;
import io.karst.commands.Flag;
import io.karst.commands.Operation;
import io.karst.commands.Reply;
import io.karst.lua.LuaLibrary;
import io.karst.server.scripts.Functions;
import io.karst.server.scripts.RunningScript;
import io.karst.server.session.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// `FUNCTION LIST`, `FUNCTION STATS`: what there is, and what runs.
@AutoService(Operation.class)
public final class FunctionReports implements Operation {
  @Override
  public List<Command> commands() {
    return List.of(
        session(
                "FUNCTION LIST [LIBRARYNAME library-name-pattern] [WITHCODE]",
                "7.0.0",
                "Answers libraries and their functions.",
                FunctionReports::list)
            .flags(Flag.NO_SCRIPT)
            .complexity("O(N) where N is the number of functions")
            .tips("nondeterministic_output_order"),
        session("FUNCTION STATS", "7.0.0", "Answers what runs.", FunctionReports::stats)
            .flags(Flag.NO_SCRIPT, Flag.ALLOW_BUSY)
            .complexity("O(1)")
            .tips(
                "nondeterministic_output", "request_policy:all_shards", "response_policy:special"));
  }

  private static Reply list(Session session, Args args) {
    boolean withCode = false;
    Bytes pattern = null;
    for (int i = 2; i < args.count(); i++) {
      if (!withCode && args.is(i, "WITHCODE")) {
        withCode = true;
      } else if (pattern == null && args.is(i, "LIBRARYNAME")) {
        i++;
        if (i == args.count()) {
          throw CommandException.err("library name argument was not given");
        }
        pattern = args.bytes(i);
      } else {
        throw CommandException.err("Unknown argument " + args.bytes(i).utf8());
      }
    }
    Glob glob = pattern == null ? null : Glob.ignoringCase(pattern);
    List<Reply> libraries = new ArrayList<>();
    for (LuaLibrary library : session.server().scripting().functions().all()) {
      if (glob == null || glob.matches(Bytes.utf8(library.name()))) {
        libraries.add(library(library, withCode));
      }
    }
    return new Reply.Array(libraries);
  }

  private static Reply library(LuaLibrary library, boolean withCode) {
    List<Reply> map = new ArrayList<>();
    add(map, "library_name", Reply.bulk(library.name()));
    add(map, "engine", Reply.bulk("LUA"));
    List<Reply> functions = new ArrayList<>();
    library.functions().forEach(function -> functions.add(function(function)));
    add(map, "functions", new Reply.Array(functions));
    if (withCode) {
      add(map, "library_code", Reply.bulk(library.code()));
    }
    return new Reply.Dictionary(map);
  }

  private static Reply function(LuaLibrary.Function function) {
    List<Reply> map = new ArrayList<>();
    add(map, "name", Reply.bulk(function.name()));
    String description = function.description();
    add(map, "description", description == null ? Reply.NIL : Reply.bulk(description));
    List<Reply> flags = new ArrayList<>();
    function.flags().forEach(flag -> flags.add(Reply.bulk(flag.word())));
    add(map, "flags", new Reply.Collection(flags));
    return new Reply.Dictionary(map);
  }

  private static Reply stats(Session session, Args args) {
    Functions functions = session.server().scripting().functions();
    List<Reply> counts = new ArrayList<>();
    add(counts, "libraries_count", Reply.of(functions.all().size()));
    add(counts, "functions_count", Reply.of(functions.functionCount()));
    List<Reply> engines = new ArrayList<>();
    add(engines, "LUA", new Reply.Dictionary(counts));
    List<Reply> map = new ArrayList<>();
    add(map, "running_script", running(session));
    add(map, "engines", new Reply.Dictionary(engines));
    return new Reply.Dictionary(map);
  }

  /// The one that has run longest of those that run off the event loops.
  private static Reply running(Session session) {
    RunningScript script = first(session);
    if (script == null) {
      return Reply.NIL;
    }
    long nanos = session.server().clock().monotonicNanos() - script.beganNanos();
    List<Reply> map = new ArrayList<>();
    add(map, "name", Reply.bulk(script.script().name()));
    List<Reply> words = new ArrayList<>();
    script.words().forEach(word -> words.add(Reply.bulk(word)));
    add(map, "command", new Reply.Array(words));
    add(map, "duration_ms", Reply.of(TimeUnit.NANOSECONDS.toMillis(nanos)));
    return new Reply.Dictionary(map);
  }

  private static @Nullable RunningScript first(Session session) {
    List<RunningScript> running = session.server().scripting().running().all();
    return running.isEmpty() ? null : running.getFirst();
  }

  private static void add(List<Reply> map, String name, Reply value) {
    map.add(Reply.bulk(name));
    map.add(value);
  }
}
