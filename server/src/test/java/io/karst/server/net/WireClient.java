package io.karst.server.net;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;

/// A socket that speaks bytes, as a test wants them: every character one byte.
final class WireClient implements AutoCloseable {
  private static final int TIMEOUT_MILLIS = 20_000;

  final Socket socket;
  private final InputStream in;

  WireClient(int port) throws IOException {
    this(port, 1 << 16);
  }

  WireClient(int port, int bufferSize) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(TIMEOUT_MILLIS);
    in = new BufferedInputStream(socket.getInputStream(), bufferSize);
  }

  WireClient send(String bytes) throws IOException {
    socket.getOutputStream().write(bytes.getBytes(ISO_8859_1));
    return this;
  }

  /// One reply as it stands on the wire, nested ones included.
  String reply() throws IOException {
    StringBuilder text = new StringBuilder();
    reply(text);
    return text.toString();
  }

  String ask(String bytes) throws IOException {
    return send(bytes).reply();
  }

  /// Whether nothing has come that was not read.
  boolean hasHeardNothing() throws IOException {
    return in.available() == 0;
  }

  /// Whether the server has closed the connection and sent nothing more before that.
  boolean isClosed() throws IOException {
    try {
      return in.read() < 0;
    } catch (java.net.SocketException reset) {
      return true;
    }
  }

  /// A request of these words.
  static String request(String... words) {
    StringBuilder text = new StringBuilder("*" + words.length + "\r\n");
    for (String word : words) {
      text.append('$').append(word.length()).append("\r\n").append(word).append("\r\n");
    }
    return text.toString();
  }

  private void reply(StringBuilder text) throws IOException {
    int start = text.length();
    line(text);
    char kind = text.charAt(start);
    if (kind == '$' || kind == '=') {
      bulk(text, length(text, start));
    } else if (kind == '*' || kind == '%' || kind == '~' || kind == '>') {
      int items = length(text, start) * (kind == '%' ? 2 : 1);
      for (int left = items; left > 0; left--) {
        reply(text);
      }
    }
  }

  private void bulk(StringBuilder text, int length) throws IOException {
    if (length >= 0) {
      text.append(new String(in.readNBytes(length + 2), ISO_8859_1));
    }
  }

  private static int length(StringBuilder text, int start) {
    return Integer.parseInt(text.substring(start + 1, text.length() - 2));
  }

  private void line(StringBuilder text) throws IOException {
    int c;
    do {
      c = in.read();
      if (c < 0) {
        throw new EOFException("closed after " + text);
      }
      text.append((char) c);
    } while (c != '\n');
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
