package io.karst.cluster;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.ratis.util.AwaitForSignal;

/// A signal that is kept until the one who waits has seen it. Ratis's own (3.3.0) is lost if it
/// comes between his look at what there is to do and his wait.
///
/// Thread-safe; one thread waits.
final class KeptSignal extends AwaitForSignal {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition given = lock.newCondition();
  private boolean pending;

  KeptSignal(String name) {
    super(name);
  }

  @Override
  public void await() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (!pending) {
        given.await();
      }
      pending = false;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public boolean await(long time, TimeUnit unit) throws InterruptedException {
    long nanos = unit.toNanos(time);
    lock.lockInterruptibly();
    try {
      while (!pending && nanos > 0) {
        nanos = given.awaitNanos(nanos);
      }
      boolean told = pending;
      pending = false;
      return told;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void signal() {
    lock.lock();
    try {
      pending = true;
      given.signal();
    } finally {
      lock.unlock();
    }
  }
}
