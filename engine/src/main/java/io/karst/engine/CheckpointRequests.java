package io.karst.engine;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Who waits for a checkpoint, and which round he waits for: one that began after he asked.
///
/// Thread-safe.
final class CheckpointRequests implements AutoCloseable {
  private final ReentrantLock monitor = new ReentrantLock();
  private final Condition roundEnded = monitor.newCondition();

  // Guarded by `monitor`: the latest round asked for, begun, ended, and failed.
  private long asked;
  private long begun;
  private long ended;
  private long failed;
  private boolean closed;
  private @Nullable RuntimeException lastFailure;

  /// Whether somebody waits for a round that has not begun.
  boolean pending() {
    monitor.lock();
    try {
      return asked > Math.max(ended, failed);
    } finally {
      monitor.unlock();
    }
  }

  /// Returns when a round that began after the call has ended. Blocks.
  ///
  /// - `wakeUp`: lets somebody look whether there is a round to begin.
  /// - throws what the round has failed with.
  void await(Runnable wakeUp) {
    monitor.lock();
    try {
      long mine = begun + 1;
      asked = Math.max(asked, mine);
      wakeUp.run();
      while (ended < mine && failed < mine && !closed) {
        roundEnded.awaitUninterruptibly();
      }
      RuntimeException failure = lastFailure;
      if (ended < mine && failure != null) {
        throw failure;
      }
    } finally {
      monitor.unlock();
    }
  }

  /// A round begins; returns its number.
  long begin() {
    monitor.lock();
    try {
      return ++begun;
    } finally {
      monitor.unlock();
    }
  }

  /// A round has ended.
  ///
  /// - `failure`: null if it has succeeded.
  void end(long number, @Nullable RuntimeException failure) {
    monitor.lock();
    try {
      lastFailure = failure;
      if (failure == null) {
        ended = number;
      } else {
        failed = number;
      }
      roundEnded.signalAll();
    } finally {
      monitor.unlock();
    }
  }

  /// No more rounds are to come: lets all go.
  @Override
  public void close() {
    monitor.lock();
    try {
      closed = true;
      roundEnded.signalAll();
    } finally {
      monitor.unlock();
    }
  }
}
