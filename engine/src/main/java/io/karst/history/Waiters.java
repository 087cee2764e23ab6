package io.karst.history;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/// Those who wait for the writer, and those who only want to be told. Thread-safe.
final class Waiters {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

  void listen(Runnable listener) {
    listeners.add(listener);
  }

  /// Returns when `done` is true; it becomes so before a [#signal].
  void await(BooleanSupplier done) {
    lock.lock();
    try {
      while (!done.getAsBoolean()) {
        changed.awaitUninterruptibly();
      }
    } finally {
      lock.unlock();
    }
  }

  /// Lets those who wait look again.
  void signal() {
    lock.lock();
    try {
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  void tellListeners() {
    for (Runnable listener : listeners) {
      listener.run();
    }
  }
}
