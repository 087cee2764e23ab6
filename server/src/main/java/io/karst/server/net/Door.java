package io.karst.server.net;

import java.util.Locale;

/// One of the places where clients come in.
///
/// - `address`: a host, or the path of a socket in the file system.
/// - `port`: 0 for any free one, and for a path.
record Door(Kind kind, String address, int port) {
  /// How clients speak there.
  enum Kind {
    TCP,
    TLS,
    UNIX,
    /// From within the process: the console.
    INNER;

    /// As `INFO` calls it.
    String title() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  static Door inner() {
    return new Door(Kind.INNER, "", 0);
  }

  static Door unix(String path) {
    return new Door(Kind.UNIX, path, 0);
  }

  /// For messages.
  String text() {
    return switch (kind) {
      case TCP -> address + ":" + port;
      case TLS -> address + ":" + port + " (TLS)";
      case UNIX -> "the unix socket " + address;
      case INNER -> "the console";
    };
  }
}
