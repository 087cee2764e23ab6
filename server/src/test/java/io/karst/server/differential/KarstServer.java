package io.karst.server.differential;

import io.karst.base.Clock;
import io.karst.server.RunningServer;
import io.karst.server.config.Config;
import io.karst.server.config.NetworkDirectives;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;

/// A server of this build, in this process, on a free port of the loopback address.
final class KarstServer implements AutoCloseable {
  private final RunningServer running;

  private KarstServer() throws IOException {
    Config config = Config.memoryOnly();
    config.set(NetworkDirectives.PORT, 0);
    config.set(NetworkDirectives.BIND, List.of("127.0.0.1"));
    running = RunningServer.open(config, Clock.system());
  }

  static KarstServer start() throws IOException {
    return new KarstServer();
  }

  RespClient connect() throws IOException {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    return new RespClient(new InetSocketAddress(loopback, running.server().port()));
  }

  @Override
  public void close() {
    running.close();
  }
}
