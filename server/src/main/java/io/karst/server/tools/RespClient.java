package io.karst.server.tools;

import io.karst.base.Bytes;
import io.karst.base.Limits;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// A connection to a running server: requests are sent as many at a time as one likes, and answered
/// in their order. Blocks.
///
/// Thread: its owner's.
final class RespClient implements AutoCloseable {
  private static final int TIMEOUT_MILLIS = 10_000;
  private static final int BUFFER_SIZE = 1 << 16;
  private static final int ELEMENTS_MAX = 1 << 20;

  private final RemoteStore address;
  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;

  private RespClient(RemoteStore address, Socket socket) throws IOException {
    this.address = address;
    this.socket = socket;
    in = new BufferedInputStream(socket.getInputStream(), BUFFER_SIZE);
    out = new BufferedOutputStream(socket.getOutputStream(), BUFFER_SIZE);
  }

  /// Connects and authenticates.
  ///
  /// - throws [IOException] if either fails, with what the server said.
  static RespClient connect(RemoteStore address) throws IOException {
    Socket socket = new Socket();
    try {
      socket.connect(new InetSocketAddress(address.host, address.port), TIMEOUT_MILLIS);
      socket.setTcpNoDelay(true);
      RespClient client = new RespClient(address, socket);
      client.authenticate();
      return client;
    } catch (UnknownHostException unknown) {
      socket.close();
      throw new IOException("cannot connect to " + address + ": no such host", unknown);
    } catch (IOException failed) {
      socket.close();
      throw new IOException("cannot connect to " + address + ": " + failed.getMessage(), failed);
    }
  }

  private void authenticate() throws IOException {
    if (address.password == null) {
      return;
    }
    Bytes password = Bytes.utf8(address.password);
    expectOk(
        address.user == null
            ? ask(Bytes.utf8("AUTH"), password)
            : ask(Bytes.utf8("AUTH"), Bytes.utf8(address.user), password));
  }

  /// Sends a request and waits for its answer; nothing else is under way.
  Answer ask(String... words) throws IOException {
    Bytes[] bytes = new Bytes[words.length];
    for (int i = 0; i < words.length; i++) {
      bytes[i] = Bytes.utf8(words[i]);
    }
    return ask(bytes);
  }

  Answer ask(Bytes... words) throws IOException {
    send(words);
    flush();
    return read();
  }

  /// Queues a request.
  void send(Bytes... words) throws IOException {
    header('*', words.length);
    for (Bytes word : words) {
      header('$', word.length());
      out.write(word.toArray());
      out.write('\r');
      out.write('\n');
    }
  }

  /// Sends what is queued.
  void flush() throws IOException {
    out.flush();
  }

  /// The next answer.
  Answer read() throws IOException {
    String line = line();
    String rest = line.substring(1);
    return switch (line.charAt(0)) {
      case '+' -> new Answer.Simple(rest);
      case '-' -> new Answer.Failure(rest);
      case ':' -> new Answer.Int(number(rest, Long.MAX_VALUE));
      case '$' -> bulk((int) number(rest, Limits.STRING_SIZE_MAX + 64L));
      case '*' -> many((int) number(rest, ELEMENTS_MAX));
      default -> throw unexpected(line);
    };
  }

  /// - throws [IOException] with the server's words if the answer is an error.
  void expectOk(Answer answer) throws IOException {
    if (answer instanceof Answer.Failure failure) {
      throw new IOException(address + " answers: " + failure.line());
    }
  }

  /// The error of an answer that does not fit the request.
  IOException unexpected(Object answer) {
    return new IOException(address + " answers what no such server does: " + answer);
  }

  private void header(char kind, int count) throws IOException {
    out.write((kind + Integer.toString(count) + "\r\n").getBytes(StandardCharsets.US_ASCII));
  }

  private Answer bulk(int length) throws IOException {
    if (length < 0) {
      return new Answer.Bulk(null);
    }
    byte[] bytes = in.readNBytes(length);
    in.skipNBytes(2);
    return new Answer.Bulk(Bytes.of(bytes));
  }

  private Answer many(int count) throws IOException {
    List<Answer> answers = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      answers.add(read());
    }
    return new Answer.Many(answers);
  }

  private long number(String digits, long max) throws IOException {
    try {
      long number = Long.parseLong(digits);
      if (number <= max) {
        return number;
      }
    } catch (NumberFormatException none) {
      // Told below.
    }
    throw unexpected(digits);
  }

  private String line() throws IOException {
    StringBuilder text = new StringBuilder();
    int c = in.read();
    while (c >= 0 && c != '\r' && text.length() < BUFFER_SIZE) {
      text.append((char) c);
      c = in.read();
    }
    if (c < 0) {
      throw new EOFException(address + " has closed the connection");
    }
    if (c != '\r' || in.read() != '\n' || text.isEmpty()) {
      throw unexpected(text);
    }
    return text.toString();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
