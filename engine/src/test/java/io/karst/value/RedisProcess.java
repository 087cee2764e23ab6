package io.karst.value;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import io.karst.base.Bytes;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ProcessBuilder.Redirect;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/// A `redis-server` of its own on a socket in a directory, and a connection to it. In strings every
/// character is one byte.
final class RedisProcess implements AutoCloseable {
  private static final Duration START = Duration.ofSeconds(20);

  private final Process process;
  private final SocketChannel channel;
  private final InputStream in;

  /// - `directory`: an empty one; what `SAVE` writes is in it.
  RedisProcess(Path directory) throws IOException {
    Path socket = directory.resolve("socket");
    List<String> words =
        List.of(
            ("redis-server --port 0 --save  --enable-debug-command yes --unixsocket "
                    + socket
                    + " --dir "
                    + directory)
                .split(" ", -1));
    process =
        new ProcessBuilder(words)
            .redirectErrorStream(true)
            .redirectOutput(Redirect.DISCARD)
            .start();
    channel = connect(socket);
    in = new BufferedInputStream(Channels.newInputStream(channel), 1 << 16);
  }

  /// Whether a `redis-server` 7.0 is on the path. Says so if not.
  static boolean isInstalled() throws IOException {
    try {
      Process version = new ProcessBuilder("redis-server", "--version").start();
      String text = new String(version.getInputStream().readAllBytes(), UTF_8);
      if (text.contains("v=7.0.")) {
        return true;
      }
      System.out.println("Nothing to compare with, for this is no 7.0: " + text.strip());
    } catch (IOException absent) {
      System.out.println("Nothing to compare with, for no redis-server is on the path");
    }
    return false;
  }

  /// A reply: a string for all that is text, a [Long], a [List], or null.
  Object ask(String... words) throws IOException {
    StringBuilder text = new StringBuilder("*" + words.length + "\r\n");
    for (String word : words) {
      text.append('$').append(word.length()).append("\r\n").append(word).append("\r\n");
    }
    ByteBuffer buffer = ByteBuffer.wrap(text.toString().getBytes(ISO_8859_1));
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
    return reply();
  }

  List<?> askList(String... words) throws IOException {
    return (List<?>) ask(words);
  }

  /// Puts a value at a key.
  ///
  /// - returns: `OK`, or the error.
  String restore(String key, RdbType type, Bytes body) throws IOException {
    String payload = Elements.text(new DumpPayload(type, body).sealed());
    return (String) ask("RESTORE", key, "0", payload, "REPLACE");
  }

  /// The lines [Elements] has of the value at a key, made from what the server answers.
  List<String> lines(String key) throws IOException {
    return RedisLines.of(this, key);
  }

  private Object reply() throws IOException {
    String line = line();
    String rest = line.substring(1);
    return switch (line.charAt(0)) {
      case ':' -> Long.valueOf(rest);
      case '$' -> bulk(Integer.parseInt(rest));
      case '*' -> replies(Integer.parseInt(rest));
      default -> rest;
    };
  }

  private String bulk(int length) throws IOException {
    return length < 0 ? null : new String(in.readNBytes(length + 2), 0, length, ISO_8859_1);
  }

  private List<Object> replies(int count) throws IOException {
    if (count < 0) {
      return null;
    }
    List<Object> replies = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      replies.add(reply());
    }
    return replies;
  }

  private String line() throws IOException {
    StringBuilder text = new StringBuilder();
    int c;
    while ((c = in.read()) != '\n') {
      if (c < 0) {
        throw new EOFException("closed after '" + text + "'");
      }
      text.append((char) c);
    }
    text.setLength(text.length() - 1);
    return text.toString();
  }

  private static SocketChannel connect(Path socket) {
    return await()
        .atMost(START)
        .ignoreExceptions()
        .until(() -> SocketChannel.open(UnixDomainSocketAddress.of(socket)), Objects::nonNull);
  }

  @Override
  public void close() throws IOException {
    channel.close();
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException interrupted) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
