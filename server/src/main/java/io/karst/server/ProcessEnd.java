package io.karst.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// How the process ends.
///
/// *In order*, code 0: on SIGTERM, SIGINT or `SHUTDOWN` the JVM calls [#inOrder]. The server stops
/// listening, running commands get a moment to end, connections are closed, everything is made
/// durable, and the process is halted. If the disk does not take it, the code is [#NOT_DURABLE].
///
/// *At once*, code [#FATAL]: an uncaught error on any thread means that the state can no longer be
/// trusted.
final class ProcessEnd {
  private static final Logger LOG = LoggerFactory.getLogger(ProcessEnd.class);

  /// As `EX_SOFTWARE` of sysexits.
  private static final int FATAL = 70;

  /// As `EX_IOERR`.
  private static final int NOT_DURABLE = 74;

  private volatile @Nullable RunningServer running;
  private volatile @Nullable Path pidFile;

  private ProcessEnd() {}

  /// Takes over how the process ends, from now on.
  static ProcessEnd install() {
    ProcessEnd end = new ProcessEnd();
    Thread.setDefaultUncaughtExceptionHandler(ProcessEnd::uncaught);
    Runtime.getRuntime().addShutdownHook(new Thread(end::inOrder, "shutdown"));
    return end;
  }

  /// The end of the process is the end of `server`, too.
  void follow(RunningServer server) {
    running = server;
    server.server().onShutdown(ProcessEnd::begin);
  }

  /// Also removes `file`, if there is one, when the process ends in order.
  void remove(@Nullable Path file) {
    pidFile = file;
  }

  /// Returns at once: whoever calls it may be a thread that the end waits for.
  private static void begin() {
    Thread.ofPlatform().name("exit").start(() -> System.exit(0));
  }

  private void inOrder() {
    LOG.info("The server ends");
    RunningServer server = running;
    int code = server == null ? 0 : end(server);
    removePidFile();
    LOG.info("The server has ended");
    Runtime.getRuntime().halt(code);
  }

  private static int end(RunningServer server) {
    try {
      if (!server.end()) {
        LOG.warn("Commands that still ran were given up");
      }
      return 0;
    } catch (RuntimeException failure) {
      LOG.error("Not everything is on disk", failure);
      return NOT_DURABLE;
    }
  }

  private void removePidFile() {
    Path file = pidFile;
    if (file != null) {
      try {
        Files.deleteIfExists(file);
      } catch (IOException e) {
        LOG.warn("Cannot remove the pidfile {}", file, e);
      }
    }
  }

  private static void uncaught(Thread thread, Throwable failure) {
    try {
      LOG.error("An uncaught error on {}: the process cannot go on", thread.getName(), failure);
    } finally {
      Runtime.getRuntime().halt(FATAL);
    }
  }
}
