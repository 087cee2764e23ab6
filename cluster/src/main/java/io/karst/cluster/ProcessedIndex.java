package io.karst.cluster;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Up to which entry of the Raft log everything is in the store. Thread-safe; one thread sets it.
final class ProcessedIndex {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition advanced = lock.newCondition();
  private final AtomicInteger waiting = new AtomicInteger();
  private volatile long index = Snapshots.NOTHING.index();

  long get() {
    return index;
  }

  void set(long newIndex) {
    index = newIndex;
    if (waiting.get() > 0) {
      lock.lock();
      try {
        advanced.signalAll();
      } finally {
        lock.unlock();
      }
    }
  }

  /// Waits until it is at least `wanted`; false if it takes longer than said.
  boolean await(long wanted, long timeoutMillis) throws InterruptedException {
    if (index >= wanted) {
      return true;
    }
    long nanos = TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
    lock.lock();
    try {
      waiting.incrementAndGet();
      while (index < wanted) {
        if (nanos <= 0) {
          return false;
        }
        nanos = advanced.awaitNanos(nanos);
      }
      return true;
    } finally {
      waiting.decrementAndGet();
      lock.unlock();
    }
  }
}
