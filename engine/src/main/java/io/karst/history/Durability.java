package io.karst.history;

import io.karst.base.Clock;
import io.karst.base.Fault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// How much of the stream is on disk: decides when to sync, and syncs.
///
/// A sync covers whatever is complete when it begins, so all who wait meanwhile share the next one.
/// Those whom a sync has released come back one after the other: the next one waits a moment for
/// most of them ([#gather]), or every other sync would be for the few that were first.
///
/// After each a mark is appended that says how far it came, by which recovery tells a torn tail
/// from damage. A sync that fails is the last one: the operating system may have dropped what it
/// could not write, so nothing that comes later would prove anything.
///
/// Thread: the writer's; what others may call says so.
final class Durability {
  private static final Logger LOGGER = LoggerFactory.getLogger(Durability.class);
  private static final long SYNC_NANOS = TimeUnit.SECONDS.toNanos(1);

  /// How long to wait for an appender that is still copying what is asked to be durable.
  private static final long COPY_NANOS = TimeUnit.MICROSECONDS.toNanos(100);

  /// How long to wait at most for more to sync, and for how long at a time.
  private static final long GATHER_NANOS_MAX = TimeUnit.MICROSECONDS.toNanos(300);

  private static final long GATHER_STEP_NANOS = TimeUnit.MICROSECONDS.toNanos(10);

  private final Stream stream;
  private final Clock clock;
  private final long segmentSize;
  private final boolean gathers;
  private final Watermark durable;
  private final Watermark requested;
  private final Watermark syncs = new Watermark(0);
  private volatile SyncPolicy policy;
  private volatile Fault.@Nullable ReadOnly loss;
  private volatile long syncNanos;
  private long lastSyncNanos;

  /// How many bytes the latest sync covered.
  private long lastSize;

  /// Where the latest mark is. Nobody waits for it to be durable.
  private long markLsn = -1;

  private long markEndLsn = -1;

  Durability(Stream stream, WalOptions options, long segmentSize) {
    this.stream = stream;
    this.clock = options.clock();
    this.policy = options.policy();
    this.gathers = options.thread();
    this.segmentSize = segmentSize;
    this.durable = new Watermark(stream.tail());
    this.requested = new Watermark(stream.tail());
    this.lastSyncNanos = clock.monotonicNanos();
  }

  // ---- for any thread ----

  /// Every frame that begins before this is on disk.
  long lsn() {
    return durable.get();
  }

  /// Asks for a sync up to an LSN; whether nobody had yet.
  boolean request(long lsn) {
    return lsn > lsn() && requested.raise(lsn);
  }

  SyncPolicy policy() {
    return policy;
  }

  void policy(SyncPolicy other) {
    policy = other;
  }

  /// Why nothing will be durable any more; null if it will.
  Fault.@Nullable ReadOnly loss() {
    return loss;
  }

  long syncs() {
    return syncs.get();
  }

  /// How long the latest sync took.
  long syncNanos() {
    return syncNanos;
  }

  // ---- the writer's ----

  /// Syncs, if it is time to; whether it did.
  boolean step(long nowNanos, WalAppender marks) {
    long from = lsn();
    long to = stream.complete();
    if (to <= from || loss != null || !due(from, to, nowNanos)) {
      return false;
    }
    gather(from);
    return sync(from, stream.complete(), marks);
  }

  /// Waits until there is most of what the latest sync covered, for half its time at most.
  private void gather(long from) {
    if (!gathers) {
      return;
    }
    long enough = lastSize - lastSize / 4;
    long until = lastSyncNanos + Math.min(syncNanos / 2, GATHER_NANOS_MAX);
    long steps =
        GATHER_NANOS_MAX / GATHER_STEP_NANOS; // The clock may be a test's, and stand still.
    while (steps-- > 0 && stream.complete() - from < enough && clock.monotonicNanos() < until) {
      LockSupport.parkNanos(this, GATHER_STEP_NANOS);
    }
  }

  /// Syncs what is complete, and the mark that says so.
  void finish(WalAppender marks) {
    for (int i = 0; i < 2 && loss == null && stream.complete() > lsn(); i++) {
      sync(lsn(), stream.complete(), marks);
    }
  }

  /// Gives up: nothing will be durable any more.
  void lose(String reason) {
    LOGGER.error("writes are refused until a restart: {}", reason);
    loss = new Fault.ReadOnly(reason);
  }

  /// When [#step] has something to do at the earliest, if it has nothing to do now.
  long restNanos(long nowNanos) {
    if (loss != null) {
      return Long.MAX_VALUE;
    }
    if (requested.get() > lsn()) {
      return COPY_NANOS;
    }
    boolean timed = policy != SyncPolicy.NO && stream.complete() > lsn();
    return timed ? Math.max(1, lastSyncNanos + SYNC_NANOS - nowNanos) : Long.MAX_VALUE;
  }

  private boolean due(long from, long to, long nowNanos) {
    boolean second = nowNanos - lastSyncNanos >= SYNC_NANOS;
    return requested.get() > from
        || switch (policy) {
          case ALWAYS -> second || !onlyMark(from, to);
          case EVERYSEC -> second;
          case NO -> to - from >= segmentSize;
        };
  }

  private boolean onlyMark(long from, long to) {
    return from == markLsn && to == markEndLsn;
  }

  private boolean sync(long from, long to, WalAppender marks) {
    long begin = clock.monotonicNanos();
    try {
      for (Segment segment : stream.segments()) {
        if (segment.firstLsn() < to && segment.endLsn() > from) {
          segment.sync();
        }
      }
    } catch (IOException | UncheckedIOException e) {
      lose("the log could not be synced: " + e.getMessage());
      return false;
    }
    lastSyncNanos = clock.monotonicNanos();
    syncNanos = lastSyncNanos - begin;
    lastSize = to - from;
    WalSyncEvent.commit(syncNanos, lastSize);
    syncs.getAndAdd(1);
    durable.setRelease(to);
    if (!onlyMark(from, to)) {
      mark(to, marks);
    }
    return true;
  }

  private void mark(long upTo, WalAppender marks) {
    long lsn = marks.appendMark(upTo);
    if (lsn >= 0) {
      markLsn = lsn;
      markEndLsn = lsn + WalAppender.markSize(upTo);
    }
  }
}
