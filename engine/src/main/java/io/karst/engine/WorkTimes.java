package io.karst.engine;

import io.karst.history.Log;
import io.karst.history.LogStatus;
import java.util.concurrent.atomic.AtomicLong;

/// Tells how long work in the background took: to one listener, and to flight recordings.
///
/// Thread-safe. The listener runs on the thread that did the work, must not block, and is not
/// called under a slot's lock.
public final class WorkTimes {
  /// Kinds of work.
  public enum Work {
    /// A round that brought what changed to the disk tier; the count is of its keys.
    CHECKPOINT,
    /// A sync of the history.
    WAL_SYNC,
    /// A search for keys to evict, or drop from memory; the count is of those.
    EVICTION_CYCLE,
    /// A pass that removed due keys; the count is of those.
    EXPIRE_CYCLE
  }

  /// Who wants to know.
  @FunctionalInterface
  public interface Listener {
    /// - `count`: of keys; 0 for a sync.
    void took(Work work, long nanos, long count);
  }

  private long syncs;
  private final AtomicLong expiryNanos = new AtomicLong();
  private volatile Listener listener = (work, nanos, count) -> {};

  WorkTimes() {}

  /// Lets one listener know from now on.
  public void listen(Listener newListener) {
    listener = newListener;
  }

  /// Looks at the syncs of a log from now on.
  void follow(Log log) {
    syncs = log.status().syncs();
    log.listen(() -> {
      LogStatus status = log.status();
      if (status.syncs() != syncs) {
        syncs = status.syncs();
        listener.took(Work.WAL_SYNC, status.syncNanos(), 0);
      }
    });
  }

  /// How long the removal of due keys has taken in all.
  public long expiryNanos() {
    return expiryNanos.get();
  }

  /// Begins that from 0 again.
  public void reset() {
    expiryNanos.set(0);
  }

  void checkpoint(long nanos, long keys, boolean failed) {
    listener.took(Work.CHECKPOINT, nanos, failed ? 0 : keys);
    CheckpointEvent.commit(nanos, keys, failed);
  }

  /// A cycle that has evicted or dropped so many keys; one without any does not count.
  void eviction(long nanos, long keys) {
    if (keys > 0) {
      listener.took(Work.EVICTION_CYCLE, nanos, keys);
      EvictionEvent.commit(nanos, keys);
    }
  }

  /// A pass that has removed so many keys; one without any does not count.
  void expiry(long nanos, long keys) {
    expiryNanos.getAndAdd(nanos);
    if (keys > 0) {
      listener.took(Work.EXPIRE_CYCLE, nanos, keys);
    }
  }
}
