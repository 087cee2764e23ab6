package io.karst.server.session;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/// Lets commands off the event loops wait for what others bring about: the log, the client, the end
/// of the server.
///
/// Whoever has brought something about calls [#signal], which costs one read while nobody waits.
/// Thread-safe.
public final class Signal {
  /// As a timeout: none.
  public static final long FOREVER = 0;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private volatile int waiting;

  /// Lets everybody who waits look again. Does not block; any thread.
  public void signal() {
    if (waiting > 0) {
      lock.lock();
      try {
        changed.signalAll();
      } finally {
        lock.unlock();
      }
    }
  }

  /// How many wait.
  public int waiting() {
    return waiting;
  }

  /// Waits until `condition` holds, for `timeoutMillis` at most, or [#FOREVER]. Blocks: not for
  /// event loops.
  @SuppressWarnings("NonAtomicVolatileUpdate") // Under the lock.
  public void await(BooleanSupplier condition, long timeoutMillis) throws InterruptedException {
    lock.lock();
    try {
      waiting++; // Before the look, so that what changes after it is signalled.
      long left = TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
      while (!condition.getAsBoolean() && (timeoutMillis == FOREVER || left > 0)) {
        if (timeoutMillis == FOREVER) {
          changed.await();
        } else {
          left = changed.awaitNanos(left);
        }
      }
    } finally {
      waiting--;
      lock.unlock();
    }
  }
}
