package io.karst.keyspace;

import java.util.concurrent.locks.AbstractQueuedSynchronizer;

/// The lock of one slot in every database: exclusive, not reentrant, held for microseconds.
///
/// Free, taking it is one compare-and-swap. Taken, an event loop spins for a moment and then gives
/// up ([#tryLock]); anyone else parks in a queue ([#lock]), platform or virtual thread alike.
///
/// Lock order: ascending by slot number; see docs/threads.md.
public final class SlotLock extends AbstractQueuedSynchronizer {
  private static final long serialVersionUID = 1L;

  /// How often [#tryLock] looks again: about the time a short command holds a lock.
  private static final int SPINS = 200;

  /// Takes the lock, or gives up after a short spin.
  public boolean tryLock() {
    for (int spin = 0; spin < SPINS; spin++) {
      if (getState() == 0 && compareAndSetState(0, 1)) {
        return true;
      }
      Thread.onSpinWait();
    }
    return false;
  }

  /// Takes the lock if it is free.
  public boolean tryOnce() {
    return getState() == 0 && compareAndSetState(0, 1);
  }

  /// Takes the lock, or gives up after so long. Whoever is interrupted waits on.
  public boolean tryLock(long nanos) {
    if (compareAndSetState(0, 1)) {
      return true;
    }
    try {
      return tryAcquireNanos(1, nanos);
    } catch (InterruptedException e) {
      acquire(1);
      Thread.currentThread().interrupt();
      return true;
    }
  }

  /// Takes the lock, waiting as long as it needs.
  public void lock() {
    if (!compareAndSetState(0, 1)) {
      acquire(1);
    }
  }

  public void unlock() {
    release(1);
  }

  @Override
  protected boolean tryAcquire(int ignored) {
    return compareAndSetState(0, 1);
  }

  @Override
  protected boolean tryRelease(int ignored) {
    setState(0);
    return true;
  }

  @Override
  protected boolean isHeldExclusively() {
    return getState() != 0;
  }
}
