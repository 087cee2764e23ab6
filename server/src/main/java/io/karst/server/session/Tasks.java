package io.karst.server.session;

import java.util.concurrent.TimeUnit;

/// How many tasks there are, so that the end of the server can wait for them: they use memory that
/// must not be freed under them. Thread-safe.
public final class Tasks {
  private int running;

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
