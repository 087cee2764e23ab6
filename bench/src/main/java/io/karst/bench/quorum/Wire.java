package io.karst.bench.quorum;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;

/// A connection to a port of this machine.
final class Wire implements AutoCloseable {
  private static final int CONNECT_MILLIS = 5_000;
  private static final int REPLY_MILLIS = 20_000;
  private static final int BUFFER_SIZE = 4096;

  private final Socket socket = new Socket();
  private final InputStream in;
  private final OutputStream out;

  Wire(int port) throws IOException {
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECT_MILLIS);
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(REPLY_MILLIS);
    in = new BufferedInputStream(socket.getInputStream(), BUFFER_SIZE);
    out = socket.getOutputStream();
  }

  /// Sends all of it at once.
  void send(byte[] bytes) throws IOException {
    out.write(bytes);
  }

  int read() throws IOException {
    int next = in.read();
    if (next < 0) {
      throw new EOFException("the server closed the connection");
    }
    return next;
  }

  byte[] read(int count) throws IOException {
    byte[] bytes = in.readNBytes(count);
    if (bytes.length < count) {
      throw new EOFException("the server closed the connection");
    }
    return bytes;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
