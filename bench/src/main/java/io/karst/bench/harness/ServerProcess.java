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

  private final String name;
  private final Children children;
  private final Process process;
  private final CompletableFuture<Integer> ready = new CompletableFuture<>();
  private final ArrayDeque<String> lines = new ArrayDeque<>();
  private int port;
  private Duration startUp = Duration.ZERO;

  private ServerProcess(String name, Children children, Process process) {
    this.name = name;
    this.children = children;
    this.process = process;
  }

  /// Starts a server and waits for its first reply.
  ///
  /// - `name`: for messages.
  /// - throws [HarnessException] if it ends or says nothing; no process is left behind.
  public static ServerProcess start(
      String name, List<String> command, ReadyLine readyLine, Children children) {
    long begin = System.nanoTime();
    Process process = children.start(new ProcessBuilder(command).redirectErrorStream(true));
    ServerProcess server = new ServerProcess(name, children, process);
    Thread.ofVirtual().name(name + "-output").start(() -> server.readOutput(readyLine));
    try {
      server.port = server.awaitReady();
      try (RespConnection connection = server.connect()) {
        connection.call("PING");
      }
      server.startUp = Duration.ofNanos(System.nanoTime() - begin);
      return server;
    } catch (HarnessException e) {
      server.close();
      throw e;
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

  private int awaitReady() {
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

  private String latest() {
    synchronized (lines) {
      return String.join("\n", lines);
    }
  }

  private String ended() {
    return name + " has ended; it said:\n" + latest();
  }
}
