package io.karst.bench.clients;

import io.karst.bench.harness.HarnessException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/// A client of which there may be thousands: a socket, and no buffers.
///
/// Thread: its owner's.
final class Guest implements AutoCloseable {
  private static final int ATTEMPTS = 5;
  private static final int WAIT_MILLIS = 60_000;
  private static final byte[] PING = bytes("PING\r\n");
  private static final byte[] PONG = bytes("+PONG\r\n");

  private final Socket plain;
  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;

  private Guest(Socket plain, Socket socket) throws IOException {
    this.plain = plain;
    this.socket = socket;
    in = socket.getInputStream();
    out = socket.getOutputStream();
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  static Guest plain(int port) throws IOException {
    Socket socket = connect(port);
    return new Guest(socket, socket);
  }

  static Guest encrypted(int port, SSLContext context) throws IOException {
    Socket plain = connect(port);
    try {
      SSLSocket socket =
          (SSLSocket) context.getSocketFactory().createSocket(plain, "localhost", port, true);
      socket.startHandshake();
      return new Guest(plain, socket);
    } catch (IOException e) {
      plain.close();
      throw e;
    }
  }

  /// A queue of connections that is full for a moment refuses some of them.
  private static Socket connect(int port) throws IOException {
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    for (int attempt = 1; ; attempt++) {
      Socket socket = new Socket();
      try {
        socket.setTcpNoDelay(true);
        socket.connect(address, WAIT_MILLIS);
        socket.setSoTimeout(WAIT_MILLIS);
        return socket;
      } catch (IOException e) {
        socket.close();
        if (attempt == ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  void send(byte[] request) throws IOException {
    out.write(request);
  }

  /// Reads as many bytes as are expected.
  ///
  /// - throws [HarnessException] if they are others.
  void expect(byte[] reply) throws IOException {
    byte[] got = in.readNBytes(reply.length);
    if (!Arrays.equals(got, reply)) {
      throw new HarnessException(
          "expected "
              + new String(reply, StandardCharsets.ISO_8859_1).strip()
              + " and got "
              + new String(got, StandardCharsets.ISO_8859_1).strip());
    }
  }

  void ping() throws IOException {
    send(PING);
    expect(PONG);
  }

  /// Makes [#close] abort the connection, instead of saying that it ends.
  void vanish() throws IOException {
    plain.setSoLinger(true, 0);
  }

  @Override
  public void close() throws IOException {
    socket.close();
    plain.close();
  }
}
