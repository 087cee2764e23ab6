package io.karst.history;

import io.karst.base.Disk;
import io.karst.base.Fault;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// See [Log#NONE]: everything is done at once, as there is nothing to do.
final class NoLog implements Log, Appender {
  private final long lsn;

  NoLog(long lsn) {
    this.lsn = lsn;
  }

  @Override
  public boolean keeps() {
    return false;
  }

  @Override
  public Appender newAppender() {
    return this;
  }

  @Override
  public void reserve(long size) {
    // There is always room for nothing.
  }

  @Override
  public long append(List<Effect> effects) {
    return 0;
  }

  @Override
  public long tail() {
    return lsn;
  }

  @Override
  public long complete() {
    return lsn;
  }

  @Override
  public long durable() {
    return lsn;
  }

  @Override
  public void requestSync(long lsn) {
    // Nothing is waited for.
  }

  @Override
  public void awaitDurable(long lsn) {
    // Nothing is waited for.
  }

  @Override
  public void listen(Runnable listener) {
    // Nothing ever changes.
  }

  @Override
  public Fault.@Nullable ReadOnly failure() {
    return null;
  }

  @Override
  public boolean lost() {
    return false;
  }

  @Override
  public void truncateBefore(long lsn) {
    // Nothing is kept.
  }

  @Override
  public void copyTo(Disk target, long from, long to) {
    // There is nothing to copy.
  }

  @Override
  public LogStatus status() {
    return LogStatus.NONE;
  }

  @Override
  public void close() {
    // Nothing is open.
  }
}
