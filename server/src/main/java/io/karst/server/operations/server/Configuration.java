package io.karst.server.operations.server;

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
import io.karst.server.config.Config;
import io.karst.server.config.ConfigException;
import io.karst.server.config.Directive;
import io.karst.server.config.Directives;
import io.karst.server.config.Rewrite;
import io.karst.server.session.Server;
import io.karst.server.session.Session;
import io.karst.server.session.SessionBody;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// `CONFIG`: what is set, setting it, writing it to the file, and the counters from 0 again.
@AutoService(Operation.class)
public final class Configuration implements Operation {
  @Override
  public List<Command> commands() {
    return List.of(
        config("GET parameter [parameter ...]", "2.0.0", "Answers values.", Configuration::values)
            .complexity("O(N) where N is the number of patterns")
            .history("7.0.0", "Takes several patterns."),
        config(
                "SET parameter value [parameter value ...]",
                "2.0.0",
                "Sets values, all of them or none.",
                Configuration::set)
            .complexity("O(N) where N is the number of values")
            .tips("request_policy:all_nodes", "response_policy:all_succeeded")
            .history("7.0.0", "Takes several values."),
        config("REWRITE", "2.8.0", "Writes the values to the file.", Configuration::rewrite)
            .slow()
            .flags(Flag.NO_MULTI)
            .complexity("O(1)"),
        config("RESETSTAT", "2.0.0", "Sets the counters of INFO to 0.", Configuration::reset)
            .complexity("O(1)"));
  }

  private static Command config(String syntax, String since, String summary, SessionBody body) {
    return session("CONFIG " + syntax, since, summary, body)
        .admin()
        .loading()
        .stale()
        .flags(Flag.NO_SCRIPT);
  }

  private static Reply values(Session session, Args args) {
    List<Glob> patterns = new ArrayList<>();
    for (int i = 2; i < args.count(); i++) {
      patterns.add(Glob.ignoringCase(args.bytes(i)));
    }
    Config config = session.server().config();
    List<Reply> namesAndValues = new ArrayList<>();
    for (Directive<?> directive : Directives.all()) {
      addIfAsked(patterns, directive.name(), config.text(directive), namesAndValues);
    }
    Directives.aliases()
        .forEach((alias, directive) ->
            addIfAsked(patterns, alias, config.text(directive), namesAndValues));
    return new Reply.Dictionary(namesAndValues);
  }

  private static void addIfAsked(
      List<Glob> patterns, String name, String value, List<Reply> namesAndValues) {
    Bytes bytes = Bytes.utf8(name);
    if (patterns.stream().anyMatch(pattern -> pattern.matches(bytes))) {
      namesAndValues.add(Reply.bulk(bytes));
      namesAndValues.add(Reply.bulk(value));
    }
  }

  private static Reply set(Session session, Args args) {
    if (args.count() % 2 != 0) {
      throw CommandException.syntax();
    }
    List<String> namesAndValues = new ArrayList<>();
    for (int i = 2; i < args.count(); i++) {
      namesAndValues.add(text(args.bytes(i)));
    }
    session.server().config().set(namesAndValues);
    return Reply.OK;
  }

  /// Values are text, also in the file: bytes that are none would come back changed.
  private static String text(Bytes word) {
    String text = word.utf8();
    if (!Bytes.utf8(text).equals(word)) {
      throw CommandException.err("CONFIG SET takes UTF-8 only");
    }
    return text;
  }

  private static Reply rewrite(Session session, Args args) {
    Config config = session.server().config();
    Path file = config.file();
    if (file == null) {
      throw CommandException.err("The server is running without a config file");
    }
    try {
      Rewrite.write(config, file);
    } catch (IOException e) {
      throw CommandException.err("Rewriting config file: " + e);
    } catch (ConfigException e) {
      throw CommandException.err("Rewriting config file: " + e.line());
    }
    return Reply.OK;
  }

  private static Reply reset(Session session, Args args) {
    Server server = session.server();
    server.stats().reset();
    server.engine().resetCounters();
    server.engine().work().reset();
    return Reply.OK;
  }
}
