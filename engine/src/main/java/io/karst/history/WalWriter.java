package io.karst.history;

import io.karst.base.Clock;
import io.karst.base.Fault;
import java.io.IOException;
import java.lang.invoke.VarHandle;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Everything about a log that touches the disk, a turn at a time: syncs it ([Durability]), keeps
/// it supplied with room ([Supply]), takes its old segments away.
///
/// Thread: [#turn] and what it does is the writer's, `karst-wal`; the rest is for anyone.
final class WalWriter {
  private static final Logger LOGGER = LoggerFactory.getLogger(WalWriter.class);

  /// How long to rest when there is nothing to do.
  private static final long REST_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Stream stream;
  private final Room room;
  private final SegmentFiles files;
  private final Supply supply;
  private final Durability durability;
  private final Clock clock;
  private final WalAppender marks;
  private final long ahead;
  private final Watermark truncated = new Watermark(0);
  private final Waiters waiters = new Waiters();

  /// Whether there is something to do since the writer last looked.
  private final AtomicBoolean called = new AtomicBoolean();

  private volatile boolean closing;
  private @Nullable Thread thread;

  // What was announced last.
  private Fault.@Nullable ReadOnly announcedFailure;
  private long announcedDurable;
  private long announcedSettled;

  WalWriter(Stream stream, SegmentFiles files, WalOptions options, long logId) {
    this.stream = stream;
    this.files = files;
    this.clock = options.clock();
    this.ahead = Supply.ahead(files.segmentSize());
    this.room = new Room(ahead / 2);
    this.supply = new Supply(stream, room, files);
    this.durability = new Durability(stream, options, files.segmentSize());
    this.announcedDurable = durability.lsn();
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
    return durability.lsn();
  }

  SyncPolicy policy() {
    return durability.policy();
  }

  void policy(SyncPolicy other) {
    durability.policy(other);
    wake();
  }

  void listen(Runnable listener) {
    waiters.listen(listener);
  }

  boolean lost() {
    return durability.loss() != null;
  }

  Fault.@Nullable ReadOnly failure() {
    Fault.ReadOnly lost = durability.loss();
    return lost != null ? lost : supply.failure();
  }

  void checkNotLost() {
    Fault.ReadOnly lost = durability.loss();
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
        durability.syncs(),
        durability.syncNanos(),
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
    await(() -> demand.settled() || lost());
    checkNotLost();
    return demand.get();
  }

  /// A frame has been appended.
  void appended() {
    if (durability.policy() == SyncPolicy.ALWAYS) {
      // Either the writer sees the frame in the turn it is about to take, or we see that it is.
      VarHandle.fullFence();
      wake();
    }
  }

  void requestSync(long lsn) {
    if (durability.request(lsn)) {
      wake();
    }
  }

  void awaitDurable(long lsn) {
    if (durable() >= lsn) {
      return;
    }
    requestSync(lsn);
    await(() -> durable() >= lsn || lost());
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
    if (thread != null) {
      waiters.await(done);
      return;
    }
    while (!done.getAsBoolean()) {
      turn();
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
      durability.lose("the log's writer has stopped: " + failure);
      announce();
      throw failure;
    }
  }

  /// Does what there is to do; returns for how many nanoseconds there is nothing else.
  synchronized long turn() {
    long now = clock.monotonicNanos();
    boolean more = durability.step(now, marks);
    announce();
    Fault.ReadOnly lost = durability.loss();
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
    return more ? 0 : Math.min(durability.restNanos(now), REST_NANOS);
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
    long settled = room.settled();
    boolean news = failure != announcedFailure || durable != announcedDurable;
    if (news || settled != announcedSettled) {
      announcedFailure = failure;
      announcedDurable = durable;
      announcedSettled = settled;
      waiters.signal();
    }
    if (news) {
      waiters.tellListeners();
    }
  }

  /// Makes durable what is complete, and lets go of everything.
  private synchronized void finish() {
    try {
      durability.finish(marks);
      announce();
      long end = stream.tail();
      if (durability.loss() == null && durable() == end) {
        files.close(end);
      }
    } finally {
      stream.close();
      files.abandonGrowth();
    }
  }
}
