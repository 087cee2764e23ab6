package io.karst.bench.harness;

import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/// The processes this one has started: none outlives it, Ctrl-C included.
///
/// Thread-safe.
public final class Children implements AutoCloseable {
  private static final int STOP_SECONDS = 10;

  private final Set<Process> alive = ConcurrentHashMap.newKeySet();
  private final Thread hook = new Thread(this::stopAll, "stop-children");
  private volatile boolean closing;

  public Children() {
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /// Starts a process; it is to be given to [#stop].
  public Process start(ProcessBuilder builder) {
    if (closing) {
      throw new HarnessException("stopping");
    }
    try {
      Process process = builder.start();
      alive.add(process);
      return process;
    } catch (IOException e) {
      throw new HarnessException("cannot start " + builder.command().getFirst(), e);
    }
  }

  /// Whether the processes are being stopped because this one is.
  public boolean closing() {
    return closing;
  }

  /// Asks a process to end, and makes it end if it does not within some seconds.
  public void stop(Process process) {
    try {
      process.descendants().forEach(ProcessHandle::destroy);
      process.destroy();
      if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    } finally {
      alive.remove(process);
    }
  }

  @Override
  public void close() {
    stopAll();
    if (!Thread.currentThread().equals(hook)) {
      try {
        Runtime.getRuntime().removeShutdownHook(hook);
      } catch (IllegalStateException e) {
        // The hook is running already; it does the same.
        return;
      }
    }
  }

  private void stopAll() {
    closing = true;
    alive.forEach(Process::destroy);
    alive.forEach(this::stop);
  }
}
