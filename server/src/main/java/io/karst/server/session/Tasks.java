package io.karst.server.session;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/// How many tasks there are, so that the end of the server can wait for them: they use memory that
/// must not be freed under them. Thread-safe.
public final class Tasks {
  /// Tasks that read from disk at a time: what keeps one solid-state disk busy.
  private static final int DISK_THREADS = 8;

  private final ExecutorService diskThreads =
      Executors.newFixedThreadPool(
          DISK_THREADS, Thread.ofPlatform().daemon().name("karst-cold-", 1).factory());

  /// The stack of a thread that runs scripts, in bytes: half a megabyte is Lua's, and as much again
  /// is for what is between Lua and the records. Only what is used of it is memory.
  public static final long SCRIPT_STACK_SIZE = 4 << 20;

  /// Scripts that run at a time, off the event loops.
  private static final int SCRIPT_THREADS = 64;

  private final ExecutorService scriptThreads = scriptThreads();

  private int running;

  private static ExecutorService scriptThreads() {
    ThreadPoolExecutor threads =
        new ThreadPoolExecutor(
            SCRIPT_THREADS,
            SCRIPT_THREADS,
            30,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            Tasks::scriptThread);
    threads.allowCoreThreadTimeOut(true);
    return threads;
  }

  /// Runs what reads from disk, and waits for nothing else but locks, on a platform thread: a call
  /// into the disk tier holds on to one anyway.
  void onDiskThread(Runnable task) {
    diskThreads.execute(task);
  }

  /// Runs what may keep a processor busy for long, on a platform thread: virtual ones take turns
  /// only when they wait.
  void onScriptThread(Runnable task) {
    scriptThreads.execute(task);
  }

  private static Thread scriptThread(Runnable task) {
    Thread thread = new Thread(null, task, "karst-script", SCRIPT_STACK_SIZE);
    thread.setDaemon(true);
    return thread;
  }

  /// No more tasks come. Does not wait for those that run.
  public void close() {
    diskThreads.shutdown();
    scriptThreads.shutdown();
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
