package io.karst.bench.comparison;

import io.karst.bench.harness.Children;
import io.karst.bench.harness.HarnessException;
import io.karst.bench.harness.ReadyLine;
import io.karst.bench.harness.ServerProcess;
import io.karst.bench.harness.Tool;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;

/// Starts the servers as their users do, each on a free port of the loopback interface.
///
/// - `root`: the directory of the repository, with `karst` in it.
record Launcher(Path root, Children children) {
  private static final String REDIS = "redis-server";
  private static final String LOOPBACK = "127.0.0.1";

  /// Lets the launcher build Karst if it is not built, with its progress shown.
  void build() {
    Process process =
        children.start(
            new ProcessBuilder(karst(), "server", "--help")
                .redirectOutput(Redirect.DISCARD)
                .redirectError(Redirect.INHERIT));
    try {
      if (process.waitFor() != 0) {
        throw new HarnessException("./karst server --help failed");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new HarnessException("interrupted");
    } finally {
      children.stop(process);
    }
  }

  /// The version of `redis-server`, or an empty text if there is none.
  String redisVersion() {
    try {
      String said = Tool.output(children, List.of(REDIS, "--version"));
      return said.replaceFirst("(?s)^.*?v=(\\S+).*", "$1").strip();
    } catch (HarnessException e) {
      return "";
    }
  }

  String karstVersion() {
    return Tool.output(children, List.of(karst(), "version")).replace("karst", "").strip();
  }

  /// A server without data that has answered a PING.
  ServerProcess start(Contender contender) {
    return switch (contender) {
      case REDIS -> startRedis();
      case KARST ->
          start(
              contender,
              List.of(karst(), "server", "--port", "0", "--memory-only"),
              ReadyLine.karst());
    };
  }

  private ServerProcess startRedis() {
    int port = freePort();
    List<String> command =
        List.of(
            REDIS,
            "--bind",
            LOOPBACK,
            "--port",
            Integer.toString(port),
            "--save",
            "",
            "--appendonly",
            "no");
    return start(Contender.REDIS, command, ReadyLine.redis(port));
  }

  private ServerProcess start(Contender contender, List<String> command, ReadyLine ready) {
    return ServerProcess.start(contender.toString(), command, ready, children);
  }

  private String karst() {
    return root.resolve("karst").toString();
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new HarnessException("no free port", e);
    }
  }
}
