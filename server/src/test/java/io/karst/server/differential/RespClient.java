package io.karst.server.differential;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.util.List;

/// A connection that sends requests and reads replies as they stand on the wire. In strings every
/// character is one byte.
final class RespClient implements AutoCloseable {
  private final SocketChannel channel;
  private final InputStream in;

  RespClient(SocketAddress address) throws IOException {
    channel = SocketChannel.open(address);
    in = new BufferedInputStream(Channels.newInputStream(channel), 1 << 16);
  }

  String ask(List<String> words) throws IOException {
    send(request(words));
    return reply();
  }

  String ask(String... words) throws IOException {
    return ask(List.of(words));
  }

  void send(String bytes) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes.getBytes(ISO_8859_1));
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
  }

  /// The next reply, nested ones included.
  String reply() throws IOException {
    StringBuilder text = new StringBuilder();
    reply(text);
    return text.toString();
  }

  /// The content of a bulk string reply.
  static String content(String bulk) {
    int start = bulk.indexOf("\r\n") + 2;
    return bulk.substring(start, bulk.length() - 2);
  }

  static String request(List<String> words) {
    StringBuilder text = new StringBuilder("*" + words.size() + "\r\n");
    for (String word : words) {
      text.append('$').append(word.length()).append("\r\n").append(word).append("\r\n");
    }
    return text.toString();
  }

  private void reply(StringBuilder text) throws IOException {
    int start = text.length();
    line(text);
    switch (text.charAt(start)) {
      case '$', '=', '!' -> bulk(text, length(text, start));
      case '*', '~', '>' -> replies(text, length(text, start));
      case '%' -> replies(text, 2 * length(text, start));
      default -> {}
    }
  }

  private void replies(StringBuilder text, int count) throws IOException {
    for (int left = count; left > 0; left--) {
      reply(text);
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
        throw new EOFException("closed after '" + text + "'");
      }
      text.append((char) c);
    } while (c != '\n');
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
