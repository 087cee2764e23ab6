package io.karst.engine;

import io.karst.base.Fault;
import io.karst.memory.Allocator;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/// Makes room where somebody may wait for it: in the background, and for commands that have left
/// their event loop.
///
/// Two things can be in the way of a block: too much is in use, which evicting changes; or too much
/// is free in slabs of other sizes, which compacting changes. A command first evicts a little: if
/// the sizes in demand are those of the victims, that is all it takes. Only then it compacts, one
/// command at a time, and gets back enough for those who come after it.
///
/// Thread-safe; blocks.
final class RoomMaker {
  /// Any slab with a free block is worth emptying.
  private static final double SPARSE = 1;

  private static final int BATCH = 64;
  private static final int ATTEMPTS_MAX = 4;

  /// After so many steps three quarters of all have been evicted.
  private static final int STEPS_MAX = 6;

  /// What a slab takes at most.
  private static final long SLAB_SIZE_MAX = 2 << 20;

  private static final long WAIT_NANOS = 1_000_000;
  private static final long WAIT_NANOS_MAX = 10_000_000_000L;
  private static final long PATIENCE_NANOS_MIN = 50_000;

  private final Engine engine;
  private final Eviction eviction;
  private final Allocator memory;
  private final ReentrantLock compacting = new ReentrantLock();

  /// What was taken from the system after the latest compaction.
  private volatile long compactedBytes;

  /// How much more than the limit was taken when all was done that should have been enough: what is
  /// free lies scattered. Not more than the headroom at a time.
  private volatile long stuckBytes;

  /// Whether the latest search found nothing that may go, as the tier does not have it.
  private volatile boolean starved;

  RoomMaker(Engine engine, Eviction eviction) {
    this.engine = engine;
    this.eviction = eviction;
    memory = engine.memory();
  }

  /// Whether writers are to be held back.
  boolean starved() {
    return starved;
  }

  /// Evicts up to `count` keys; returns how many.
  int evict(Tx tx, int count, long nowMillis) {
    int evicted = tx.evictor().evict(count, nowMillis);
    starved = evicted == 0 && eviction.spills();
    if (starved) {
      engine.wantClean();
    }
    return evicted;
  }

  /// See [Eviction#mayMakeRoom].
  boolean mayMake() {
    return eviction.policy().evicts()
        || engine.reclaimed().pendingBytes() > 0
        || freeBytes() > eviction.marks().headroom();
  }

  /// See [Eviction#makeRoom].
  boolean make(Tx tx, long bytes, int attempt) {
    MemoryMarks marks = eviction.marks();
    if (attempt >= ATTEMPTS_MAX || bytes > marks.low() || !mayMake()) {
      return false;
    }
    boolean full = usedBytes() > marks.low() - marks.headroom();
    if (attempt == 0 && full && bytes <= SLAB_SIZE_MAX && evict(tx, 2 * BATCH) > 0) {
      return true;
    }
    awaitReclaimed(bytes);
    evictTo(tx, marks.low() - bytes, WAIT_NANOS_MAX);
    compacting.lock();
    try {
      if (clear(tx, bytes)) {
        return true;
      }
    } finally {
      compacting.unlock();
    }
    return eviction.spills() && awaitClean();
  }

  /// Waits for a whole checkpoint, after which all that is dirty now may be dropped; false if the
  /// disk does not take it.
  private boolean awaitClean() {
    try {
      engine.checkpoint();
      return true;
    } catch (Fault.ReadOnly full) {
      return false;
    }
  }

  /// Evicts and compacts until so many bytes may be taken from the system: ever more, as what is
  /// free may be so little of each size that no slab becomes empty.
  private boolean clear(Tx tx, long bytes) {
    MemoryMarks marks = eviction.marks();
    long further = 0;
    for (int step = 0; step < STEPS_MAX; step++) {
      memory.purge();
      if (room() >= bytes) {
        return true;
      }
      boolean evicted = evictTo(tx, marks.low() - bytes - further, 0) > 0;
      tx.tidy(); // Each block in it keeps a slab from becoming empty.
      if (room() < bytes) {
        compact(bytes + freeBytes() / 2, false);
      }
      if (!evicted && step > 0) {
        break; // There is nothing more that may go.
      }
      further = further * 2 + marks.headroom();
    }
    return room() >= bytes;
  }

  /// Sees to it that not much more than the limit is taken, as far as it can: of what was taken
  /// beyond it ([Overdraft]), some may be dropped only after a checkpoint.
  void settle(Tx tx) {
    if (exceeded()) {
      awaitReclaimed(0);
      memory.purge();
    }
    for (int attempt = 0; attempt < ATTEMPTS_MAX && exceeded() && mayMake(); attempt++) {
      compacting.lock();
      try {
        clear(tx, 0);
      } finally {
        compacting.unlock();
      }
      if (exceeded() && !(eviction.spills() && awaitClean())) {
        return;
      }
    }
  }

  /// Whether much more than the limit is taken.
  boolean exceeded() {
    return -room() > eviction.marks().headroom();
  }

  /// Goes back to the low mark, and sees to it that there is room for sizes whose share grows;
  /// returns how many keys went.
  long restore() {
    long evicted = 0;
    Tx tx = engine.borrow();
    try {
      evicted = evictTo(tx, eviction.marks().low() - stuckBytes, 0);
      tx.tidy(); // What has come free is for those who write.
    } finally {
      engine.giveBack(tx);
    }
    long wanted = compactionWanted();
    if (wanted > 0 && compacting.tryLock()) {
      try {
        compact(wanted, true);
      } finally {
        compacting.unlock();
      }
    }
    stuckBytes = Math.clamp(-room(), 0, eviction.marks().headroom());
    return evicted;
  }

  /// What is in use and not on its way out.
  long usedBytes() {
    return memory.usedBytes() - engine.reclaimed().pendingBytes() - memory.overdraftBytes();
  }

  /// How much compaction should bring. None as long as nothing new was taken from the system since
  /// the latest: then no size is in want of slabs.
  private long compactionWanted() {
    MemoryMarks marks = eviction.marks();
    long total = memory.totalBytes();
    if (room() < 0) {
      return total - marks.low();
    }
    long step = marks.headroom() / 4;
    boolean wanted =
        eviction.policy().evicts()
            && room() < step
            && freeBytes() > 2 * step
            && total - compactedBytes > step / 2;
    return wanted ? step : 0;
  }

  private void compact(long bytes, boolean rests) {
    engine.compact(SPARSE, bytes, rests);
    memory.purge();
    compactedBytes = memory.totalBytes();
  }

  /// Evicts until no more than `target` bytes are in use; returns how many keys went.
  ///
  /// - `patienceNanos`: how long to wait for something to become clean.
  private long evictTo(Tx tx, long target, long patienceNanos) {
    long evicted = 0;
    long nanos = PATIENCE_NANOS_MIN;
    long waited = 0;
    while (usedBytes() > target) {
      int batch = evict(tx, BATCH);
      if (batch > 0) {
        evicted += batch;
        nanos = PATIENCE_NANOS_MIN;
      } else if (starved && waited < patienceNanos) {
        LockSupport.parkNanos(nanos);
        waited += nanos;
        nanos = Math.min(2 * nanos, patienceNanos / 100);
      } else {
        break;
      }
    }
    return evicted;
  }

  private int evict(Tx tx, int count) {
    return evict(tx, count, engine.clock().wallMillis());
  }

  /// Waits while what was deleted is being freed, until there is room or nothing more to come.
  private void awaitReclaimed(long bytes) {
    long waited = 0;
    while (engine.reclaimed().pendingBytes() > 0 && room() < bytes && waited < WAIT_NANOS_MAX) {
      LockSupport.parkNanos(WAIT_NANOS);
      waited += WAIT_NANOS;
    }
  }

  /// What may still be taken from the system; negative if more has been taken than may be.
  private long room() {
    return memory.limitBytes() + memory.overdraftBytes() - memory.totalBytes();
  }

  /// What is taken and free.
  private long freeBytes() {
    return memory.totalBytes() - memory.usedBytes();
  }
}
