package io.karst.server.net;

import io.karst.base.Clock;
import io.karst.cluster.Cluster;
import io.karst.commands.CommandTable;
import io.karst.commands.Operation;
import io.karst.engine.Engine;
import io.karst.engine.EngineOptions;
import io.karst.engine.Storage;
import io.karst.history.Log;
import io.karst.server.config.Config;
import io.karst.server.config.NetworkDirectives;
import io.karst.server.config.TransportChoice;
import io.karst.server.session.Server;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.ServiceLoader;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// A server on a free port of the loopback address, with [WireCommands], or all commands and
/// [BlockingCommands].
final class WireServer implements AutoCloseable {
  final WireCommands commands = new WireCommands();
  final Server server;
  private final Engine engine;
  private final Network network;

  /// What would have ended the process.
  private final AtomicReference<Throwable> fatal = new AtomicReference<>();

  /// - `settings`: names and values of directives by turns.
  WireServer(String... settings) throws IOException {
    this(Config.memoryOnly(), EngineOptions.defaults(1), false, settings);
  }

  /// A server with all commands, and this log.
  static WireServer withLog(Log log, String... settings) throws IOException {
    return new WireServer(
        Config.defaults(), EngineOptions.defaults(1).withLog(log), true, settings);
  }

  /// A server with all commands and this storage, which brings nothing to memory by itself.
  static WireServer withStorage(Storage storage) throws IOException {
    return new WireServer(
        Config.defaults(),
        EngineOptions.defaults(1).withStorage(storage).withMaintenance(false),
        true);
  }

  /// A server with all commands that is a member of a cluster, and has not been told anything yet.
  static WireServer inCluster(HandMovedCluster cluster, String... settings) throws IOException {
    WireServer fresh =
        new WireServer(
            Config.defaults(),
            EngineOptions.defaults(1).withLog(cluster.log).withDatabases(1),
            true,
            cluster,
            settings);
    cluster.start(fresh.engine, Objects.requireNonNull(fresh.server.membership()));
    return fresh;
  }

  private WireServer(Config config, EngineOptions options, boolean all, String... settings)
      throws IOException {
    this(config, options, all, null, settings);
  }

  private WireServer(
      Config config,
      EngineOptions options,
      boolean all,
      @Nullable Cluster cluster,
      String... settings)
      throws IOException {
    config.set(NetworkDirectives.PORT, 0);
    config.set(NetworkDirectives.BIND, List.of("127.0.0.1"));
    for (int i = 0; i < settings.length; i += 2) {
      if (settings[i].equals("transport")) {
        config.set(NetworkDirectives.TRANSPORT, TransportChoice.valueOf(settings[i + 1]));
      } else if (settings[i].equals("io-threads")) {
        config.set(NetworkDirectives.IO_THREADS, Integer.parseInt(settings[i + 1]));
      } else {
        config.set(List.of(settings[i], settings[i + 1]));
      }
    }
    engine = Engine.open(options);
    CommandTable table = CommandTable.of(all ? allOperations() : List.of(commands));
    server = new Server(config, engine, table, Clock.system(), cluster);
    server.onFatal(failure -> fatal.compareAndSet(null, failure));
    network = Network.open(server);
  }

  /// A server with all commands, and those that wait.
  static WireServer withAll(String... settings) throws IOException {
    return new WireServer(Config.memoryOnly(), EngineOptions.defaults(1), true, settings);
  }

  private static List<Operation> allOperations() {
    List<Operation> operations = new ArrayList<>();
    ServiceLoader.load(Operation.class, Operation.class.getClassLoader()).forEach(operations::add);
    operations.add(new BlockingCommands());
    return operations;
  }

  WireClient connect() throws IOException {
    return new WireClient(server.port());
  }

  /// A client with a small buffer, for tests with thousands.
  WireClient connectSmall() throws IOException {
    return new WireClient(server.port(), 64);
  }

  @Override
  public void close() {
    network.close();
    engine.close();
    if (fatal.get() != null) {
      throw new AssertionError("the process would have ended", fatal.get());
    }
  }
}
