package io.karst.history;

import io.karst.base.Clock;
import io.karst.base.Fault;
import java.io.IOException;
import java.lang.invoke.VarHandle;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Everything about a log that touches the disk: syncs it, keeps it supplied with room, takes its
/// old segments away.
///
/// A sync covers whatever is complete when it begins, so all who wait meanwhile share the next one.
/// After each the writer appends a mark that says how far it came, by which recovery tells a torn
/// tail from damage. A sync that fails is the last one: the operating system may have dropped what
/// it could not write, so nothing that comes later would prove anything.
///
/// Thread: [#turn] and what it does is the writer's, `karst-wal`; the rest is for anyone.
final class WalWriter {
  private static final Logger LOGGER = LoggerFactory.getLogger(WalWriter.class);

  private static final long SYNC_NANOS = TimeUnit.SECONDS.toNanos(1);

  /// How long to rest when there is nothing to do.
  private static final long REST_NANOS = TimeUnit.SECONDS.toNanos(1);

  /// How long to rest for an appender that is still copying what is asked to be durable.
  private static final long REST_MIN_NANOS = TimeUnit.MICROSECONDS.toNanos(100);

  private final Stream stream;
  private final Room room;
  private final SegmentFiles files;
  private final Supply supply;
  private final Clock clock;
  private final WalAppender marks;
  private final long ahead;

  private final Watermark durable;
  private final Watermark requested;
  private final Watermark truncated = new Watermark(0);
  private final Watermark syncs = new Watermark(0);
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  /// Whether there is something to do since the writer last looked.
  private final AtomicBoolean called = new AtomicBoolean();

  private volatile SyncPolicy policy;
  private volatile Fault.@Nullable ReadOnly loss;
  private volatile boolean closing;
  private volatile long syncNanos;
  private @Nullable Thread thread;

  // The writer's own.
  private long lastSyncNanos;
  private long markLsn = -1;
  private long markEndLsn = -1;
  private Fault.@Nullable ReadOnly announcedFailure;
  private long announcedDurable;
  private long announcedSettled;

  WalWriter(Stream stream, SegmentFiles files, WalOptions options, long logId) {
    this.stream = stream;
    this.files = files;
    this.ahead = Supply.ahead(files.segmentSize());
    this.room = new Room(ahead / 2);
    this.supply = new Supply(stream, room, files);
    this.clock = options.clock();
    this.policy = options.policy();
    this.durable = new Watermark(stream.tail());
    this.requested = new Watermark(stream.tail());
    this.lastSyncNanos = clock.monotonicNanos();
    room.give(stream.endLsn() - stream.tail());
    this.marks = new WalAppender(stream, room, this, logId);
  }

  /// Starts the thread; without it the turns are taken by whoever waits, and by tests.
  void start() {
    thread = Thread.ofPlatform().daemon().name("karst-wal").start(this::run);
  }

  Room room() {
    return room;
  }

  long durable() {
    return durable.get();
  }

  void policy(SyncPolicy other) {
    policy = other;
    wake();
  }

  SyncPolicy policy() {
    return policy;
  }

  void listen(Runnable listener) {
    listeners.add(listener);
  }

  boolean lost() {
    return loss != null;
  }

  Fault.@Nullable ReadOnly failure() {
    Fault.ReadOnly lost = loss;
    return lost != null ? lost : supply.failure();
  }

  void checkNotLost() {
    Fault.ReadOnly lost = loss;
    if (lost != null) {
      throw lost;
    }
  }

  LogStatus status() {
    return new LogStatus(
        files.size(),
        files.first(),
        stream.tail(),
        durable(),
        syncs.get(),
        syncNanos,
        failure() != null);
  }

  /// Takes at least `need` bytes of room, waiting for the disk if there are not enough.
  ///
  /// - throws [Fault.ReadOnly] if the disk has none.
  long take(long need) {
    long size = room.take(need);
    if (room.free() < ahead) {
      wake();
    }
    if (size > 0) {
      return size;
    }
    Room.Demand demand = room.demand(need);
    wake();
    await(demand::settled);
    return demand.get();
  }

  /// A frame has been appended.
  void appended() {
    if (policy == SyncPolicy.ALWAYS) {
      // Either the writer sees the frame in the turn it is about to take, or we see that it is.
      VarHandle.fullFence();
      wake();
    }
  }

  void requestSync(long lsn) {
    if (lsn > durable() && requested.raise(lsn)) {
      wake();
    }
  }

  void awaitDurable(long lsn) {
    if (durable() >= lsn) {
      return;
    }
    requestSync(lsn);
    await(() -> durable() >= lsn || loss != null);
    if (durable() < lsn) {
      checkNotLost();
    }
  }

  void truncateBefore(long lsn) {
    if (truncated.raise(lsn)) {
      wake();
    }
  }

  /// Lets the thread take what is left to do, and end. Nobody appends any more.
  void close() {
    closing = true;
    Thread running = thread;
    if (running == null) {
      finish();
      return;
    }
    wake();
    boolean interrupted = false;
    while (running.isAlive()) {
      try {
        running.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void wake() {
    // The writer looks again before it rests if it was called, so one call is as good as many.
    if (!called.get() && !called.getAndSet(true)) {
      LockSupport.unpark(thread);
    }
  }

  private void await(BooleanSupplier done) {
    if (thread == null) {
      while (!done.getAsBoolean()) {
        turn();
      }
      return;
    }
    lock.lock();
    try {
      while (!done.getAsBoolean()) {
        changed.awaitUninterruptibly();
      }
    } finally {
      lock.unlock();
    }
  }

  // ---- the writer's ----

  private void run() {
    try {
      while (!closing) {
        called.set(false);
        long rest = turn();
        if (rest > 0 && !called.get() && !closing) {
          LockSupport.parkNanos(this, rest);
        }
      }
      finish();
    } catch (Throwable failure) {
      lose("the log's writer has stopped: " + failure);
      announce();
      throw failure;
    }
  }

  /// Does what there is to do; returns for how many nanoseconds there is nothing else.
  synchronized long turn() {
    long now = clock.monotonicNanos();
    boolean more = sync(now);
    Fault.ReadOnly lost = loss;
    if (lost != null) {
      room.refuse(lost);
    } else {
      if (retire()) {
        more = true;
        supply.retry();
      }
      more |= supply.step(now);
    }
    release();
    announce();
    return more ? 0 : restNanos(now);
  }

  private long restNanos(long now) {
    boolean waiting = loss == null && stream.complete() > durable();
    if (loss == null && requested.get() > durable()) {
      return REST_MIN_NANOS;
    }
    // Without a policy nothing is due by time alone.
    long next = waiting && policy != SyncPolicy.NO ? lastSyncNanos + SYNC_NANOS - now : REST_NANOS;
    return Math.clamp(next, 1, REST_NANOS);
  }

  private boolean sync(long now) {
    long from = durable();
    long to = stream.complete();
    return to > from && loss == null && due(from, to, now) && sync(from, to);
  }

  private boolean due(long from, long to, long now) {
    boolean second = now - lastSyncNanos >= SYNC_NANOS;
    return requested.get() > from
        || switch (policy) {
          case ALWAYS -> second || !onlyMark(from, to);
          case EVERYSEC -> second;
          case NO -> to - from >= files.segmentSize();
        };
  }

  /// Whether there is nothing between the two but the latest mark, which nobody waits for.
  private boolean onlyMark(long from, long to) {
    return from == markLsn && to == markEndLsn;
  }

  private boolean sync(long from, long to) {
    long begin = clock.monotonicNanos();
    try {
      for (Segment segment : stream.segments()) {
        if (segment.firstLsn() < to && segment.endLsn() > from) {
          segment.sync();
        }
      }
    } catch (IOException e) {
      lose("the log could not be synced: " + e.getMessage());
      return false;
    }
    lastSyncNanos = clock.monotonicNanos();
    syncNanos = lastSyncNanos - begin;
    syncs.getAndAdd(1);
    boolean mark = !onlyMark(from, to);
    durable.setRelease(to);
    if (mark) {
      mark(to);
    }
    return true;
  }

  private void mark(long upTo) {
    long lsn = marks.appendMark(upTo);
    if (lsn >= 0) {
      markLsn = lsn;
      markEndLsn = lsn + WalAppender.markSize(upTo);
    }
  }

  private void lose(String reason) {
    LOGGER.error("writes are refused until a restart: {}", reason);
    loss = new Fault.ReadOnly(reason);
  }

  /// Takes the oldest segment away, if it may be; whether there may be more.
  private boolean retire() {
    long before = Math.min(truncated.get(), durable());
    if (!files.retires(before)) {
      return false;
    }
    try {
      files.retireFirst();
      return true;
    } catch (IOException e) {
      LOGGER.warn("a file of the log cannot be removed: {}", e.getMessage());
      return false;
    }
  }

  /// Lets go of the memory of what is complete, and of the files of what is durable.
  private void release() {
    long complete = stream.complete();
    for (Segment segment : stream.segments()) {
      if (segment.endLsn() > complete) {
        return;
      }
      segment.unmap();
      if (segment.endLsn() <= durable()) {
        segment.close();
        stream.remove(segment);
      }
    }
  }

  /// Tells whoever waits what is different since the latest call.
  private void announce() {
    Fault.ReadOnly failure = failure();
    long durable = durable();
    boolean news = failure != announcedFailure || durable != announcedDurable;
    if (news || room.settled() != announcedSettled) {
      announcedFailure = failure;
      announcedDurable = durable;
      announcedSettled = room.settled();
      lock.lock();
      try {
        changed.signalAll();
      } finally {
        lock.unlock();
      }
    }
    if (news) {
      for (Runnable listener : listeners) {
        listener.run();
      }
    }
  }

  /// Syncs what is complete, and the mark that says so, and lets go of everything.
  private synchronized void finish() {
    try {
      for (int i = 0; i < 2 && loss == null; i++) {
        long to = stream.complete();
        if (to > durable()) {
          sync(durable(), to);
        }
      }
      announce();
    } finally {
      stream.close();
      files.abandonGrowth();
    }
  }
}
