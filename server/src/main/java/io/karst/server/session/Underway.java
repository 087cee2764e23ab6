package io.karst.server.session;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// How many transactions of clients are under way off the event loops, so that the end of a reign
/// can wait for them, and none begins after it. Thread-safe.
final class Underway {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition none = lock.newCondition();
  private boolean open;
  private long reign;
  private int count;

  /// Transactions of this reign may begin.
  void open(long current) {
    lock.lock();
    try {
      open = true;
      reign = current;
    } finally {
      lock.unlock();
    }
  }

  /// None may begin.
  void close() {
    lock.lock();
    try {
      open = false;
    } finally {
      lock.unlock();
    }
  }

  /// A transaction begins whose commands were let in in a reign; false if it may not.
  boolean enter(long ofReign) {
    lock.lock();
    try {
      boolean enters = open && reign == ofReign;
      count += enters ? 1 : 0;
      return enters;
    } finally {
      lock.unlock();
    }
  }

  /// As [#enter], of what serves somebody who waits: it is a part of the transaction that has found
  /// it, which is still under way.
  void enterWithin() {
    lock.lock();
    try {
      count++;
    } finally {
      lock.unlock();
    }
  }

  /// A transaction has ended.
  void exit() {
    lock.lock();
    try {
      count--;
      if (count == 0) {
        none.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  /// Waits until none is under way, for so long at most; whether none is.
  boolean awaitNone(long millis) throws InterruptedException {
    lock.lock();
    try {
      long left = TimeUnit.MILLISECONDS.toNanos(millis);
      while (count > 0 && left > 0) {
        left = none.awaitNanos(left);
      }
      return count == 0;
    } finally {
      lock.unlock();
    }
  }
}
