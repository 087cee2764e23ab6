package io.karst.server.operations;

import io.karst.base.Clock;
import io.karst.base.CommandException;
import io.karst.commands.Args;
import io.karst.commands.Body;
import io.karst.commands.Command;
import io.karst.commands.CommandTable;
import io.karst.commands.Reply;
import io.karst.engine.Engine;
import io.karst.engine.EngineOptions;
import io.karst.engine.Tx;
import io.karst.server.config.Config;
import io.karst.server.session.Link;
import io.karst.server.session.Server;
import io.karst.server.session.Session;
import io.karst.server.session.SessionBody;
import java.util.List;
import java.util.stream.Collectors;

/// A server without a network: commands are found and run as the dispatcher does it, one at a time.
public final class Harness implements AutoCloseable {
  private final Engine engine = Engine.open(EngineOptions.defaults(1).withMaintenance(false));
  private final Server server;
  private final Session session;

  public Harness() {
    this(Config.memoryOnly());
  }

  public Harness(Config config) {
    server = new Server(config, engine, CommandTable.load(), Clock.system());
    session = server.sessions().open(new TestLink(1000));
  }

  /// The end of a connection from `127.0.0.1:port` that is none.
  public static Link link(int port) {
    return new TestLink(port);
  }

  public Server server() {
    return server;
  }

  public Session session() {
    return session;
  }

  /// Another connection, from `127.0.0.1:port`.
  public Session connect(int port) {
    return server.sessions().open(new TestLink(port));
  }

  /// The reply to `words`, an error line as [Reply.Err].
  public Reply run(String... words) {
    return run(session, words);
  }

  public Reply run(Session as, String... words) {
    Args args = Args.of(words);
    try {
      Command command = server.commands().find(args);
      return switch (command.body()) {
        case SessionBody body -> body.run(as, args);
        case Body.OnKeys body -> onKeys(as, body, args);
        default -> throw new IllegalStateException("no body for " + command);
      };
    } catch (CommandException e) {
      return new Reply.Err(e.line());
    }
  }

  /// The reply in one line for comparisons: `OK`, `5`, `(nil)`, `[a, b]`, `{a, b}` for maps.
  public String text(String... words) {
    return text(run(words));
  }

  public static String text(Reply reply) {
    return switch (reply) {
      case Reply.Simple(String text) -> text;
      case Reply.Err(String line) -> line;
      case Reply.Int(long value) -> Long.toString(value);
      case Reply.Bulk(var bytes) -> bytes.utf8();
      case Reply.Verbatim(String format, var bytes) -> bytes.utf8();
      case Reply.Array(var items) -> "[" + text(items) + "]";
      case Reply.Dictionary(var items) -> "{" + text(items) + "}";
      case Reply.Nil() -> "(nil)";
      case Reply.None() -> "(none)";
      default -> reply.toString();
    };
  }

  private static String text(List<? extends Reply> items) {
    return items.stream().map(Harness::text).collect(Collectors.joining(", "));
  }

  private Reply onKeys(Session as, Body.OnKeys body, Args args) {
    try (Tx tx = engine.newTx()) {
      tx.begin(Clock.system().wallMillis(), as.database());
      tx.lockAll();
      try {
        return body.run(tx, args);
      } finally {
        tx.end();
      }
    }
  }

  @Override
  public void close() {
    engine.close();
  }
}
