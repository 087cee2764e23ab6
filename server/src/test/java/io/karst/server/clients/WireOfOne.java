package io.karst.server.clients;

import io.karst.server.remote.RespClient;
import java.io.IOException;
import java.net.Socket;

/// A connection to one member, whatever it says about others.
final class WireOfOne implements AutoCloseable {
  private static final int TIMEOUT_MILLIS = 60_000;

  private final RespClient client;

  WireOfOne(String host, int port) throws IOException {
    Socket socket = new Socket(host, port);
    socket.setSoTimeout(TIMEOUT_MILLIS);
    client = new RespClient(host, socket.getInputStream(), socket.getOutputStream(), socket);
  }

  /// The answer, as text.
  String ask(String... words) throws IOException {
    return client.ask(words).toString();
  }

  @Override
  public void close() throws IOException {
    client.close();
  }
}
