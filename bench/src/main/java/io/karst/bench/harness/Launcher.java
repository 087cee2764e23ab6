package io.karst.bench.harness;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Starts the servers as their users do, each on a free port of the loopback interface.
///
/// - `root`: the directory of the repository, with `karst` in it.
public record Launcher(Path root, Children children) {
  private static final String REDIS = "redis-server";
  private static final String LOOPBACK = "127.0.0.1";

  /// Lets the launcher build Karst if it is not built, with its progress shown.
  public void build() {
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
  public String redisVersion() {
    try {
      String said = Tool.output(children, List.of(REDIS, "--version"));
      return said.replaceFirst("(?s)^.*?v=(\\S+).*", "$1").strip();
    } catch (HarnessException e) {
      return "";
    }
  }

  public String karstVersion() {
    return Tool.output(children, List.of(karst(), "version")).replace("karst", "").strip();
  }

  /// A server that keeps nothing on disk, and has answered a PING.
  public ServerProcess start(Contender contender) {
    return start(contender, inMemory(contender));
  }

  /// A server that has answered a PING.
  ///
  /// - `options`: besides address and port.
  public ServerProcess start(Contender contender, List<String> options) {
    ServerProcess server = launch(contender, freePort(), options);
    try {
      server.awaitReady();
      return server;
    } catch (HarnessException e) {
      server.close();
      throw e;
    }
  }

  /// A server that is only beginning to start.
  public ServerProcess launch(Contender contender, int port, List<String> options) {
    List<String> command = new ArrayList<>();
    command.addAll(
        switch (contender) {
          case REDIS -> List.of(REDIS);
          case KARST -> List.of(karst(), "server");
        });
    command.addAll(List.of("--bind", LOOPBACK, "--port", Integer.toString(port)));
    command.addAll(options);
    ReadyLine ready =
        switch (contender) {
          case REDIS -> ReadyLine.redis(port);
          case KARST -> ReadyLine.karst();
        };
    return ServerProcess.launch(contender.toString(), command, ready, children);
  }

  /// The options with which a server keeps nothing on disk.
  public static List<String> inMemory(Contender contender) {
    return switch (contender) {
      case REDIS -> List.of("--save", "", "--appendonly", "no");
      case KARST -> List.of("--memory-only");
    };
  }

  private String karst() {
    return root.resolve("karst").toString();
  }

  /// A port that nobody listens on.
  public static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new HarnessException("no free port", e);
    }
  }
}
