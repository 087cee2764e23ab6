package io.karst.bench.harness;

import java.io.BufferedReader;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// A server in a process of its own, from its start to its end.
///
/// Ready when it has answered a PING. Its output is read all the time, so that it never blocks on
/// a full pipe; the latest lines are kept for error messages.
public final class ServerProcess implements AutoCloseable {
  private static final int LINES_KEPT = 20;
  private static final int READY_SECONDS = 60;
  private static final int END_SECONDS = 60;

  private final String name;
  private final Children children;
  private final long beginNanos;
  private final Process process;
  private final CompletableFuture<Integer> ready = new CompletableFuture<>();
  private final ArrayDeque<String> lines = new ArrayDeque<>();
  private int port;
  private Duration startUp = Duration.ZERO;

  private ServerProcess(String name, Children children, List<String> command) {
    this.name = name;
    this.children = children;
    beginNanos = System.nanoTime();
    process = children.start(new ProcessBuilder(command).redirectErrorStream(true));
  }

  /// Starts a server and waits for its first reply.
  ///
  /// - `name`: for messages.
  /// - throws [HarnessException] if it ends or says nothing; no process is left behind.
  public static ServerProcess start(
      String name, List<String> command, ReadyLine readyLine, Children children) {
    ServerProcess server = launch(name, command, readyLine, children);
    try {
      server.awaitReady();
      return server;
    } catch (HarnessException e) {
      server.close();
      throw e;
    }
  }

  /// Starts a server and returns at once; it is to be closed.
  public static ServerProcess launch(
      String name, List<String> command, ReadyLine readyLine, Children children) {
    ServerProcess server = new ServerProcess(name, children, command);
    Thread.ofVirtual().name(name + "-output").start(() -> server.readOutput(readyLine));
    return server;
  }

  /// Waits for the first reply.
  ///
  /// - throws [HarnessException] if it ends before, or says nothing for a minute.
  public void awaitReady() {
    port = awaitPort();
    try (RespConnection connection = connect()) {
      connection.call("PING");
    }
    startUp = Duration.ofNanos(System.nanoTime() - beginNanos);
  }

  /// Whether the process runs.
  public boolean isAlive() {
    return process.isAlive();
  }

  /// Ends it without a chance to do anything more (SIGKILL), and waits until it is gone.
  public void kill() {
    process.destroyForcibly();
    awaitEnd();
  }

  /// Asks it to end (SIGTERM), and returns at once.
  public void terminate() {
    process.destroy();
  }

  /// Waits for its end and returns its exit code.
  ///
  /// - throws [HarnessException] if it goes on for a minute.
  public int awaitEnd() {
    try {
      if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
        throw new HarnessException(
            name + " has not ended after " + END_SECONDS + " s; it said:\n" + latest());
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new HarnessException("interrupted");
    }
  }

  public String name() {
    return name;
  }

  public int port() {
    return port;
  }

  public long pid() {
    return process.pid();
  }

  /// From the start of the process to the first reply.
  public Duration startUp() {
    return startUp;
  }

  /// How long ago the process was started.
  public Duration age() {
    return Duration.ofNanos(System.nanoTime() - beginNanos);
  }

  /// A new connection to it.
  public RespConnection connect() {
    return new RespConnection(port);
  }

  /// The processor time it has taken so far, in microseconds, in steps of 10 000.
  public long cpuMicros() {
    return ProcessFigures.cpuMicros(readFigures("stat"));
  }

  /// The memory it occupies, in bytes.
  public long residentBytes() {
    return ProcessFigures.residentBytes(readFigures("status"));
  }

  /// The latest lines of its output.
  public String latest() {
    synchronized (lines) {
      return String.join("\n", lines);
    }
  }

  /// Stops it; does nothing if it has been stopped.
  @Override
  public void close() {
    children.stop(process);
  }

  private String readFigures(String file) {
    if (!process.isAlive()) {
      throw new HarnessException(ended());
    }
    return ProcessFigures.read(process.pid(), file);
  }

  private int awaitPort() {
    try {
      return ready.get(READY_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new HarnessException(
          name + " was not ready after " + READY_SECONDS + " s; it said:\n" + latest());
    } catch (ExecutionException e) {
      throw new HarnessException(ended());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new HarnessException("interrupted");
    }
  }

  private void readOutput(ReadyLine readyLine) {
    try (BufferedReader reader = process.inputReader()) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        keep(line);
        OptionalInt found = readyLine.port(line);
        if (found.isPresent()) {
          ready.complete(found.getAsInt());
        }
      }
      ready.completeExceptionally(new HarnessException("end of output"));
    } catch (IOException e) {
      ready.completeExceptionally(e);
    }
  }

  private void keep(String line) {
    synchronized (lines) {
      if (lines.size() == LINES_KEPT) {
        lines.removeFirst();
      }
      lines.add(line);
    }
  }

  private String ended() {
    return name + " has ended; it said:\n" + latest();
  }
}
