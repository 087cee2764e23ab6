package io.karst.lua;

import io.karst.base.Bytes;
import io.karst.commands.Reply;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;

/// A `redis-server` of the machine, and a connection to it.
final class RealRedis implements AutoCloseable {
  private static final Path PROGRAM = Path.of("/usr/bin/redis-server");

  private final Process process;
  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;

  static boolean isInstalled() {
    return Files.isExecutable(PROGRAM);
  }

  RealRedis() throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    process =
        new ProcessBuilder(
                PROGRAM.toString(), "--port", "" + port, "--bind", "127.0.0.1", "--save", "")
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    socket =
        Awaitility.await()
            .ignoreExceptions()
            .until(() -> new Socket(InetAddress.getLoopbackAddress(), port), Socket::isConnected);
    in = new BufferedInputStream(socket.getInputStream());
    out = new BufferedOutputStream(socket.getOutputStream()); // Or each piece waits for an ACK.
  }

  Reply eval(String script) throws IOException {
    byte[] body = script.getBytes(StandardCharsets.ISO_8859_1);
    out.write(("*3\r\n$4\r\nEVAL\r\n$" + body.length + "\r\n").getBytes(StandardCharsets.US_ASCII));
    out.write(body);
    out.write("\r\n$1\r\n0\r\n".getBytes(StandardCharsets.US_ASCII));
    out.flush();
    return read();
  }

  private Reply read() throws IOException {
    String line = line();
    String rest = line.substring(1);
    return switch (line.charAt(0)) {
      case '+' -> new Reply.Simple(rest);
      case '-' -> new Reply.Err(rest);
      case ':' -> Reply.of(Long.parseLong(rest));
      case '$' -> bulk(Integer.parseInt(rest));
      case '*' -> array(Integer.parseInt(rest));
      default -> throw new IOException("no reply: " + line);
    };
  }

  private Reply bulk(int length) throws IOException {
    if (length < 0) {
      return Reply.NIL;
    }
    byte[] bytes = in.readNBytes(length);
    line();
    return Reply.bulk(Bytes.of(bytes));
  }

  private Reply array(int count) throws IOException {
    List<Reply> items = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      items.add(read());
    }
    return new Reply.Array(items);
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int b = in.read(); b != '\r'; b = in.read()) {
      if (b < 0) {
        throw new IOException("the server is gone");
      }
      line.append((char) b);
    }
    in.read();
    return line.toString();
  }

  @Override
  public void close() throws IOException {
    socket.close();
    process.destroyForcibly();
  }
}
