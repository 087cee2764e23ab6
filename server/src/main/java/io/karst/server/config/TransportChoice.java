package io.karst.server.config;

/// How the server reaches the network.
public enum TransportChoice {
  /// The first of the others that this machine has.
  AUTO,
  IO_URING,
  EPOLL,
  KQUEUE,
  NIO
}
