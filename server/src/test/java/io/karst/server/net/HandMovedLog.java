package io.karst.server.net;

import io.karst.base.Disk;
import io.karst.base.Fault;
import io.karst.history.Appender;
import io.karst.history.Effect;
import io.karst.history.Log;
import io.karst.history.LogStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/// A log that is as safe as a test says: an LSN is the number of frames before it, and watermarks
/// move when the test moves them.
final class HandMovedLog implements Log {
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private final List<Long> requests = new ArrayList<>();
  private long tail;
  private long complete = Long.MAX_VALUE;
  private long durable;
  private long confirmed;
  private long asked;
  private boolean lost;
  private Fault.@Nullable ReadOnly failure;

  /// What syncs were asked for, in order.
  synchronized List<Long> requests() {
    return List.copyOf(requests);
  }

  /// Lets the log be complete up to `lsn` only; it tells nobody, as the real one does not.
  synchronized void complete(long lsn) {
    complete = lsn;
  }

  /// Everything before `lsn` is on disk.
  void durable(long lsn) {
    synchronized (this) {
      durable = lsn;
      notifyAll();
    }
    tell();
  }

  /// Writes are refused because of `reason`; null: no longer.
  void fail(@Nullable String reason) {
    synchronized (this) {
      failure = reason == null ? null : new Fault.ReadOnly(reason);
    }
    tell();
  }

  /// A sync has failed because of `reason`.
  void lose(String reason) {
    synchronized (this) {
      lost = true;
    }
    fail(reason);
  }

  /// What nobody had on disk is forgotten, and its positions are used again.
  synchronized void rewind() {
    tail = durable;
    lost = false;
    failure = null;
  }

  /// Everything that was asked for before is confirmed.
  void confirm() {
    synchronized (this) {
      confirmed = asked;
    }
    tell();
  }

  /// Whether somebody waits for a confirmation.
  synchronized boolean isAsked() {
    return asked > confirmed;
  }

  @Override
  public synchronized long confirmation() {
    return asked + 1;
  }

  @Override
  public synchronized long confirmed() {
    return confirmed;
  }

  @Override
  public synchronized void requestConfirmation(long number) {
    asked = Math.max(asked, number);
  }

  private void tell() {
    listeners.forEach(Runnable::run);
  }

  @Override
  public boolean keeps() {
    return true;
  }

  @Override
  public Appender newAppender() {
    return new Appender() {
      @Override
      public void reserve(long size) {
        Fault.ReadOnly fault = failure();
        if (fault != null) {
          throw fault;
        }
      }

      @Override
      public long append(List<Effect> effects) {
        return HandMovedLog.this.append();
      }

      @Override
      public void close() {
        // Nothing is reserved.
      }
    };
  }

  private synchronized long append() {
    return ++tail;
  }

  @Override
  public synchronized long tail() {
    return tail;
  }

  @Override
  public synchronized long complete() {
    return Math.min(complete, tail);
  }

  @Override
  public synchronized long durable() {
    return durable;
  }

  @Override
  public synchronized void requestSync(long lsn) {
    requests.add(lsn);
  }

  @Override
  public synchronized void awaitDurable(long lsn) {
    requests.add(lsn);
    while (durable < lsn) {
      try {
        wait();
      } catch (InterruptedException interrupted) {
        throw new IllegalStateException(interrupted);
      }
    }
  }

  @Override
  public void listen(Runnable listener) {
    listeners.add(listener);
  }

  @Override
  public synchronized Fault.@Nullable ReadOnly failure() {
    return failure;
  }

  @Override
  public synchronized boolean lost() {
    return lost;
  }

  @Override
  public void truncateBefore(long lsn) {
    // Nothing is kept.
  }

  @Override
  public void copyTo(Disk target, long from, long to) {
    throw new UnsupportedOperationException();
  }

  @Override
  public synchronized LogStatus status() {
    return new LogStatus(0, 0, tail, durable, requests.size(), 0, failure != null);
  }

  @Override
  public void close() {
    // Nothing is open.
  }
}
