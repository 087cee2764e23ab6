package io.karst.bench.harness;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// A connection to a server on this machine: requests out, replies in. Strings are bytes, a char
/// for each.
///
/// Every method throws [DisconnectedException] when the server has gone, and [HarnessException]
/// when it says nothing for a minute.
///
/// Thread: its owner's.
public final class RespConnection implements AutoCloseable {
  private static final int BUFFER_SIZE = 64 << 10;
  private static final int CONNECT_MILLIS = 5_000;
  private static final int REPLY_MILLIS = 60_000;

  private final int replyMillis;
  private final Socket socket = new Socket();
  private final InputStream in;
  private final OutputStream out;

  public RespConnection(int port) {
    this(port, REPLY_MILLIS);
  }

  /// - `replyMillis`: what to wait for a reply instead of a minute.
  public RespConnection(int port, int replyMillis) {
    this.replyMillis = replyMillis;
    try {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECT_MILLIS);
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(replyMillis);
      in = new BufferedInputStream(socket.getInputStream(), BUFFER_SIZE);
      out = new BufferedOutputStream(socket.getOutputStream(), BUFFER_SIZE);
    } catch (IOException e) {
      throw new DisconnectedException("cannot connect to port " + port, e);
    }
  }

  /// Sends a command and returns its reply as text.
  ///
  /// - throws [HarnessException] if the reply is an error.
  public String call(String... words) {
    send(List.of(words));
    return reply();
  }

  /// Sends a command and returns its reply.
  public Answer ask(String... words) {
    return ask(List.of(words));
  }

  /// Sends a command and returns its reply.
  public Answer ask(List<String> words) {
    send(words);
    return answer();
  }

  /// Sends a command; it may wait for [#answer] to be written.
  public void send(List<String> words) {
    StringBuilder request = new StringBuilder();
    request.append('*').append(words.size()).append("\r\n");
    for (String word : words) {
      request.append('$').append(word.length()).append("\r\n").append(word).append("\r\n");
    }
    byte[] bytes = request.toString().getBytes(StandardCharsets.ISO_8859_1);
    send(bytes, bytes.length);
  }

  /// Sends the first `size` bytes of `request`; they may wait for [#answer] to be written.
  public void send(byte[] request, int size) {
    try {
      out.write(request, 0, size);
    } catch (IOException e) {
      throw new DisconnectedException("cannot send", e);
    }
  }

  /// The next reply, which is a line, an integer, or a bulk string, as text.
  public String reply() {
    Answer answer = answer();
    return switch (answer) {
      case Answer.Text reply -> reply.text();
      case Answer.Whole reply -> Long.toString(reply.value());
      case Answer.Bulk reply -> reply.value();
      case Answer.Failure _, Answer.Nil _, Answer.Many _ ->
          throw new HarnessException("the server answered: " + answer.shown());
    };
  }

  /// The next reply.
  public Answer answer() {
    try {
      out.flush();
      return read();
    } catch (SocketTimeoutException e) {
      throw new HarnessException("no reply within " + replyMillis + " ms", e);
    } catch (IOException e) {
      throw new DisconnectedException("no reply", e);
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

  private Answer read() throws IOException {
    String line = line();
    String rest = line.substring(1);
    return switch (line.charAt(0)) {
      case '+' -> new Answer.Text(rest);
      case '-' -> new Answer.Failure(rest);
      case ':' -> new Answer.Whole(Long.parseLong(rest));
      case '$' -> bulk(Integer.parseInt(rest));
      case '*' -> many(Integer.parseInt(rest));
      default -> throw new HarnessException("not a reply: " + line);
    };
  }

  private Answer bulk(int size) throws IOException {
    if (size < 0) {
      return Answer.nil();
    }
    byte[] bytes = in.readNBytes(size + 2);
    if (bytes.length < size + 2) {
      throw closed();
    }
    return new Answer.Bulk(new String(bytes, 0, size, StandardCharsets.ISO_8859_1));
  }

  private Answer many(int count) throws IOException {
    if (count < 0) {
      return Answer.nil();
    }
    List<Answer> items = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      items.add(read());
    }
    return new Answer.Many(items);
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c != '\r'; c = in.read()) {
      if (c < 0) {
        throw closed();
      }
      line.append((char) c);
    }
    in.skipNBytes(1);
    if (line.isEmpty()) {
      throw new HarnessException("an empty reply");
    }
    return line.toString();
  }

  private static DisconnectedException closed() {
    return new DisconnectedException("the server closed the connection");
  }
}
