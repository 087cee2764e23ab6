package io.karst.bench.harness;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/// A connection to a server on this machine: requests out, single-valued replies in.
///
/// Thread: its owner's.
public final class RespConnection implements AutoCloseable {
  private static final int BUFFER_SIZE = 64 << 10;
  private static final int CONNECT_MILLIS = 5_000;
  private static final int REPLY_MILLIS = 60_000;

  private final Socket socket = new Socket();
  private final InputStream in;
  private final OutputStream out;

  public RespConnection(int port) {
    try {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECT_MILLIS);
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(REPLY_MILLIS);
      in = new BufferedInputStream(socket.getInputStream(), BUFFER_SIZE);
      out = new BufferedOutputStream(socket.getOutputStream(), BUFFER_SIZE);
    } catch (IOException e) {
      throw new HarnessException("cannot connect to port " + port, e);
    }
  }

  /// Sends a command and returns its reply as text.
  ///
  /// - throws [HarnessException] if the reply is an error.
  public String call(String... words) {
    StringBuilder request = new StringBuilder("*" + words.length + "\r\n");
    for (String word : words) {
      int size = word.getBytes(StandardCharsets.UTF_8).length;
      request.append('$').append(size).append("\r\n").append(word).append("\r\n");
    }
    byte[] bytes = request.toString().getBytes(StandardCharsets.UTF_8);
    send(bytes, bytes.length);
    return reply();
  }

  /// Sends the first `size` bytes of `request`; they may wait for [#reply] to be written.
  public void send(byte[] request, int size) {
    try {
      out.write(request, 0, size);
    } catch (IOException e) {
      throw new HarnessException("cannot send", e);
    }
  }

  /// The next reply: a line, an integer, or a bulk string.
  public String reply() {
    try {
      out.flush();
      String line = line();
      return switch (line.charAt(0)) {
        case '+', ':' -> line.substring(1);
        case '$' -> bulk(Integer.parseInt(line.substring(1)));
        case '-' -> throw new HarnessException("the server answered: " + line.substring(1));
        default -> throw new HarnessException("not a reply: " + line);
      };
    } catch (IOException e) {
      throw new HarnessException("no reply", e);
    }
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new HarnessException("cannot close a connection", e);
    }
  }

  private String bulk(int size) throws IOException {
    if (size < 0) {
      throw new HarnessException("the server answered: no such key");
    }
    byte[] bytes = in.readNBytes(size + 2);
    if (bytes.length < size + 2) {
      throw new HarnessException("the server closed the connection");
    }
    return new String(bytes, 0, size, StandardCharsets.UTF_8);
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c != '\r'; c = in.read()) {
      if (c < 0) {
        throw new HarnessException("the server closed the connection");
      }
      line.append((char) c);
    }
    in.skipNBytes(1);
    if (line.isEmpty()) {
      throw new HarnessException("an empty reply");
    }
    return line.toString();
  }
}
