package io.karst.server.remote;

import io.karst.base.Bytes;
import io.karst.base.Limits;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// A connection to a running server: requests are sent as many at a time as one likes, and answered
/// in their order. Blocks.
///
/// Thread: its owner's.
public final class RespClient implements AutoCloseable {
  private static final int BUFFER_SIZE = 1 << 16;
  private static final int ELEMENTS_MAX = 1 << 20;

  private final String name;
  private final InputStream in;
  private final OutputStream out;
  private final Closeable connection;

  /// - `name`: of the server, for messages.
  /// - `connection`: what [#close] closes.
  public RespClient(String name, InputStream in, OutputStream out, Closeable connection) {
    this.name = name;
    this.in = new BufferedInputStream(in, BUFFER_SIZE);
    this.out = new BufferedOutputStream(out, BUFFER_SIZE);
    this.connection = connection;
  }

  /// Sends a request and waits for its answer; nothing else is under way.
  public Answer ask(String... words) throws IOException {
    Bytes[] bytes = new Bytes[words.length];
    for (int i = 0; i < words.length; i++) {
      bytes[i] = Bytes.utf8(words[i]);
    }
    return ask(bytes);
  }

  public Answer ask(Bytes... words) throws IOException {
    send(words);
    flush();
    return read();
  }

  /// Queues a request.
  public void send(Bytes... words) throws IOException {
    header('*', words.length);
    for (Bytes word : words) {
      header('$', word.length());
      out.write(word.toArray());
      out.write('\r');
      out.write('\n');
    }
  }

  /// Sends what is queued.
  public void flush() throws IOException {
    out.flush();
  }

  /// The next answer.
  public Answer read() throws IOException {
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
  public void expectOk(Answer answer) throws IOException {
    if (answer instanceof Answer.Failure failure) {
      throw new IOException(name + " answers: " + failure.line());
    }
  }

  /// The error of an answer that does not fit the request.
  public IOException unexpected(Object answer) {
    return new IOException(name + " answers what no such server does: " + answer);
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
      throw new EOFException(name + " has closed the connection");
    }
    if (c != '\r' || in.read() != '\n' || text.isEmpty()) {
      throw unexpected(text);
    }
    return text.toString();
  }

  @Override
  public void close() throws IOException {
    connection.close();
  }
}
