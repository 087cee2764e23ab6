package io.karst.engine;

import io.karst.memory.OsThread;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/// A thread of the engine's own: runs tasks one after the other, some of them periodically.
///
/// What a task throws goes to the thread's uncaught-exception handler, as it would from any thread:
/// an executor alone would keep it to itself. The thread is started by its first task. Tasks that
/// come after the close are dropped.
final class Background implements AutoCloseable {
  private final ScheduledExecutorService executor;

  Background(String name) {
    this(Thread.ofPlatform().daemon().name(name).factory());
  }

  private Background(ThreadFactory threads) {
    executor = new ScheduledThreadPoolExecutor(1, threads, new ThreadPoolExecutor.DiscardPolicy());
  }

  /// One for work that may take long and can wait: what clients wait for goes first ([OsThread]).
  static Background patient(String name) {
    ThreadFactory threads = Thread.ofPlatform().daemon().name(name).factory();
    return new Background(task ->
        threads.newThread(() -> {
          OsThread.stepBack();
          task.run();
        }));
  }

  /// Runs a task soon.
  void run(Runnable task) {
    executor.execute(() -> guarded(task));
  }

  /// Runs a task again and again, `millis` after it last ended.
  void every(long millis, Runnable task) {
    Future<?> running =
        executor.scheduleWithFixedDelay(() -> guarded(task), millis, millis, TimeUnit.MILLISECONDS);
    if (running.isCancelled()) {
      throw new RejectedExecutionException("closed");
    }
  }

  /// Waits for the task that runs; no other is begun.
  @Override
  public void close() {
    executor.close();
  }

  private static void guarded(Runnable task) {
    try {
      task.run();
    } catch (Throwable failure) {
      Thread thread = Thread.currentThread();
      thread.getUncaughtExceptionHandler().uncaughtException(thread, failure);
      throw failure;
    }
  }
}
