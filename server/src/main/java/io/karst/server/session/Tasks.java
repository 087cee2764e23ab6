package io.karst.server.session;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/// How many tasks there are, so that the end of the server can wait for them: they use memory that
/// must not be freed under them. Thread-safe.
public final class Tasks {
  /// Tasks that read from disk at a time: what keeps one solid-state disk busy.
  private static final int DISK_THREADS = 8;

  private final ExecutorService diskThreads =
      Executors.newFixedThreadPool(
          DISK_THREADS, Thread.ofPlatform().daemon().name("karst-cold-", 1).factory());

  private int running;

  /// Runs what reads from disk, and waits for nothing else but locks, on a platform thread: a call
  /// into the disk tier holds on to one anyway.
  void onDiskThread(Runnable task) {
    diskThreads.execute(task);
  }

  /// No more tasks come. Does not wait for those that run.
  public void close() {
    diskThreads.shutdown();
  }

  synchronized void begin() {
    running++;
  }

  synchronized void end() {
    running--;
    notifyAll();
  }

  /// Waits until none runs, `millis` at most; whether none does.
  public synchronized boolean awaitNone(long millis) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    while (running > 0) {
      long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
      if (left <= 0) {
        return false;
      }
      wait(left);
    }
    return true;
  }
}
