package io.karst.server.net;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.karst.base.Bytes;
import io.karst.server.remote.Answer;
import io.karst.server.remote.RespClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/// A server for one connection that answers as a test says: every character one byte.
final class ScriptedTarget implements AutoCloseable {
  /// What a request is answered with.
  interface Script {
    /// - `words`: of the request, from 0.
    /// - returns: bytes; empty for nothing, null to close the connection.
    @Nullable String answer(List<String> words) throws IOException;
  }

  private final ServerSocket listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final Script script;
  private final Thread thread;

  ScriptedTarget(Script script) throws IOException {
    this.script = script;
    thread = Thread.ofVirtual().start(this::serve);
  }

  String port() {
    return "" + listening.getLocalPort();
  }

  /// The first two words of each request so far.
  List<String> requests() {
    return List.copyOf(requests);
  }

  private void serve() {
    try (Socket socket = listening.accept();
        RespClient reader =
            new RespClient("", socket.getInputStream(), socket.getOutputStream(), socket)) {
      while (reader.read() instanceof Answer.Many(List<Answer> words)) {
        List<String> request = words.stream().map(ScriptedTarget::text).toList();
        requests.add(String.join(" ", request.subList(0, 2)));
        String answer = script.answer(request);
        if (answer == null) {
          return;
        }
        socket.getOutputStream().write(answer.getBytes(ISO_8859_1));
      }
    } catch (IOException closed) {
      // The other end has gone, or the test is over.
    }
  }

  private static String text(Answer word) {
    return word instanceof Answer.Bulk(Bytes bytes) && bytes != null
        ? new String(bytes.toArray(), ISO_8859_1)
        : "";
  }

  @Override
  public void close() throws IOException {
    listening.close();
    try {
      thread.join();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
