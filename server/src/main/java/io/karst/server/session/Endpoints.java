package io.karst.server.session;

import java.util.List;

/// Where the server listens, and how.
///
/// - `transport`: how the sockets are driven: `io_uring`, `epoll`, `kqueue` or `nio`.
public record Endpoints(String transport, List<Listener> listeners) {
  static final Endpoints NONE = new Endpoints("none", List.of());

  /// What clients that speak in one way may connect to.
  ///
  /// - `name`: `tcp`, `tls` or `unix`.
  public record Listener(String name, List<Address> addresses) {
    public int port() {
      return addresses.getFirst().port();
    }
  }

  /// - `host`: as the configuration has it, or a path.
  /// - `port`: 0 for a path.
  public record Address(String host, int port) {
    public String text() {
      String name = host.startsWith("-") ? host.substring(1) : host;
      return port == 0 ? name : name + ":" + port;
    }
  }

  /// The port for plain TCP, or that for TLS if there is none; 0 without any.
  int port() {
    int port = port("tcp");
    return port == 0 ? port("tls") : port;
  }

  int port(String name) {
    for (Listener listener : listeners) {
      if (listener.name().equals(name)) {
        return listener.port();
      }
    }
    return 0;
  }
}
