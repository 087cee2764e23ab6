package io.karst.server;

import io.karst.base.Clock;
import io.karst.base.Limits;
import io.karst.commands.CommandTable;
import io.karst.engine.Engine;
import io.karst.engine.EngineOptions;
import io.karst.engine.Storage;
import io.karst.server.config.Config;
import io.karst.server.config.Directives;
import io.karst.server.config.Machine;
import io.karst.server.net.Network;
import io.karst.server.session.Server;
import java.io.IOException;
import java.security.SecureRandom;

/// A server with all its parts, listening. They are opened from the engine up and closed from the
/// network down; what of the configuration can change while it runs is followed here or in the part
/// itself.
public final class RunningServer implements AutoCloseable {
  /// How long commands off the event loops may go on once the end has begun.
  private static final long STOP_MILLIS = 2000;

  private final Server server;
  private final Network network;

  private RunningServer(Server server, Network network) {
    this.server = server;
    this.network = network;
  }

  /// - throws [IOException] if it cannot listen; nothing is left behind.
  /// - throws [IllegalStateException] if this machine does not have the transport.
  public static RunningServer open(Config config, Clock clock) throws IOException {
    Preparation<Network> preparation = new Preparation<>(() -> Network.prepare(config));
    Engine engine = Engine.open(options(config, clock));
    try {
      Server server = new Server(config, engine, CommandTable.load(), clock);
      follow(config, engine);
      Network network = preparation.await();
      network.listen(server);
      server.rates().start();
      return new RunningServer(server, network);
    } catch (IOException | RuntimeException failure) {
      engine.close();
      throw failure;
    }
  }

  private static EngineOptions options(Config config, Clock clock) {
    return new EngineOptions(
        config.value(Directives.DATABASES),
        config.value(Directives.MAXMEMORY).effectiveBytes(Machine.current()),
        Limits.STRING_SIZE_MAX,
        clock,
        new SecureRandom().nextLong(),
        Storage.MEMORY,
        true);
  }

  private static void follow(Config config, Engine engine) {
    config.follow(
        Directives.MAXMEMORY,
        limit -> engine.memory().limit(limit.effectiveBytes(Machine.current())));
    config.follow(
        Directives.PROTO_MAX_BULK_LEN, bytes -> engine.stringLimit(Math.toIntExact(bytes)));
    config.follow(Directives.ACTIVE_EXPIRE, engine::activeExpiry);
  }

  public Server server() {
    return server;
  }

  /// Listens no longer, gives the commands that run off the event loops a moment to end, and
  /// closes every connection.
  ///
  /// - returns: whether all of them have ended.
  public boolean stop() {
    network.stopListening();
    boolean ended = awaitTasks();
    network.close();
    return ended;
  }

  /// Ends it and gives its memory back, unless a command still runs: then the memory stays, as it
  /// must not be freed under it.
  @Override
  public void close() {
    boolean ended = stop();
    server.rates().close();
    if (ended) {
      server.engine().close();
    }
  }

  private boolean awaitTasks() {
    try {
      return server.tasks().awaitNone(STOP_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
