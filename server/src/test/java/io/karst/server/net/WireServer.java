package io.karst.server.net;

import io.karst.base.Clock;
import io.karst.commands.CommandTable;
import io.karst.engine.Engine;
import io.karst.engine.EngineOptions;
import io.karst.server.config.Config;
import io.karst.server.session.Server;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// A server on a free port of the loopback address, with [WireCommands].
final class WireServer implements AutoCloseable {
  final WireCommands commands = new WireCommands();
  final Server server;
  private final Engine engine;
  private final Network network;

  /// - `settings`: names and values of directives by turns.
  WireServer(String... settings) throws IOException {
    Config config = Config.defaults();
    List<String> words = new ArrayList<>(List.of(settings));
    config.set(io.karst.server.config.Directives.PORT, 0);
    config.set(io.karst.server.config.Directives.BIND, List.of("127.0.0.1"));
    for (int i = 0; i < words.size(); i += 2) {
      if (words.get(i).equals("transport")) {
        config.set(
            io.karst.server.config.Directives.TRANSPORT,
            io.karst.server.config.TransportChoice.valueOf(words.get(i + 1)));
      } else {
        config.set(List.of(words.get(i), words.get(i + 1)));
      }
    }
    engine = Engine.open(EngineOptions.defaults(1));
    server = new Server(config, engine, CommandTable.of(List.of(commands)), Clock.system());
    network = Network.open(server);
  }

  WireClient connect() throws IOException {
    return new WireClient(server.port());
  }

  @Override
  public void close() {
    network.close();
    engine.close();
  }
}
