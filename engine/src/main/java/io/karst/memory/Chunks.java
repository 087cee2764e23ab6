package io.karst.memory;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/// The address space that slabs are cut from, and the memory behind it.
///
/// Address space comes in chunks, memory is counted and given back by the unit: a chunk with one
/// slab left costs that slab and no more. A few free units stay dirty and a few free chunks
/// mapped, so that a load which swings around a boundary does not call the operating system each
/// time. Chunks are filed by their longest free run, and the shortest that fits is cut.
///
/// Thread-safe. Lock order: the lock of a [Depot] before this one.
final class Chunks {
  /// The memory of free units that is kept, in units: 1 MiB.
  static final int DIRTY_UNITS_MAX = 16;

  private static final int FREE_CHUNKS_MAX = 4;

  /// The first chunks stay in small pages, so that a small store is small: 32 MiB. What lies
  /// beyond is read at random, and with huge pages at half the cost of a miss in the translation
  /// of addresses.
  private static final int SMALL_PAGE_CHUNKS = 16;

  private final Budget budget;
  private final SlabMap slabs = new SlabMap();
  private final ReentrantLock lock = new ReentrantLock();

  @GuardedBy("lock")
  private final List<Ring<Chunk>> byLongestRun = new ArrayList<>(Chunk.UNITS + 1);

  @GuardedBy("lock")
  private final Set<Chunk> all = new HashSet<>();

  @GuardedBy("lock")
  private int freeChunks;

  @GuardedBy("lock")
  private int dirtyUnits;

  Chunks(Budget budget) {
    this.budget = budget;
    for (int i = 0; i <= Chunk.UNITS; i++) {
      byLongestRun.add(new Ring<>());
    }
  }

  /// Notes that blocks were handed out or, with a negative number, came back.
  void used(long bytes) {
    budget.used(bytes);
  }

  SlabMap slabs() {
    return slabs;
  }

  /// Cuts a new slab, all of its blocks free.
  ///
  /// - throws [io.karst.base.Fault.OutOfMemory] at the limit or when the system refuses.
  Slab cut(SlabLayout layout, Limit limit) {
    lock.lock();
    try {
      Chunk chunk = chunkFor(layout.units());
      long run = chunk.findRun(layout.units());
      claim(chunk, run, limit);
      boolean wasFree = chunk.isFree();
      chunk.take(run);
      freeChunks -= wasFree ? 1 : 0;
      file(chunk);
      Slab slab = new Slab(layout, chunk, chunk.address(run));
      slabs.add(slab);
      if (Native.VERIFY) {
        Liveness.slabCut(slab);
      }
      return slab;
    } finally {
      lock.unlock();
    }
  }

  /// Takes a slab back, all of its blocks free.
  void giveBack(Slab slab) {
    Chunk chunk = slab.chunk();
    slabs.remove(slab);
    if (Native.VERIFY) {
      Liveness.slabGone(slab);
    }
    long run = chunk.runOf(slab);
    if (!tryPutDirty(chunk, run)) {
      OsMemory.discard(slab.base(), slab.layout().size());
      budget.giveBack(slab.layout().size());
      putClean(chunk, run);
    }
  }

  /// Gives the memory of all free units back.
  void purge() {
    lock.lock();
    try {
      cleanAll();
    } finally {
      lock.unlock();
    }
  }

  /// Unmaps everything.
  void close() {
    lock.lock();
    try {
      for (Chunk chunk : all) {
        forgetSlabs(chunk);
        OsMemory.unmap(chunk.base(), Chunk.SIZE);
      }
      all.clear();
    } finally {
      lock.unlock();
    }
  }

  @GuardedBy("lock")
  private Chunk chunkFor(int units) {
    for (int length = units; length <= Chunk.UNITS; length++) {
      Chunk chunk = byLongestRun.get(length).first();
      if (chunk != null) {
        return chunk;
      }
    }
    Chunk chunk = new Chunk(OsMemory.mapAligned(Chunk.SIZE));
    if (all.size() >= SMALL_PAGE_CHUNKS) {
      OsMemory.adviseHugePage(chunk.base(), Chunk.SIZE);
    }
    all.add(chunk);
    freeChunks++;
    file(chunk);
    return chunk;
  }

  @GuardedBy("lock")
  private void claim(Chunk chunk, long run, Limit limit) {
    long bytes = cleanBytes(chunk, run);
    if (!budget.tryClaim(bytes)) {
      cleanAll();
      bytes = cleanBytes(chunk, run);
      if (!budget.tryClaim(bytes)) {
        budget.claimBeyond(bytes, limit);
      }
    }
    dirtyUnits -= chunk.dirtyUnits(run);
  }

  private static long cleanBytes(Chunk chunk, long run) {
    return (Long.bitCount(run) - chunk.dirtyUnits(run)) * Chunk.UNIT_SIZE;
  }

  @GuardedBy("lock")
  private void cleanAll() {
    if (dirtyUnits == 0) {
      return;
    }
    for (Chunk chunk : all) {
      int count = chunk.clean();
      dirtyUnits -= count;
      budget.giveBack(count * Chunk.UNIT_SIZE);
    }
  }

  private boolean tryPutDirty(Chunk chunk, long run) {
    lock.lock();
    try {
      int units = Long.bitCount(run);
      boolean fits = dirtyUnits + units <= DIRTY_UNITS_MAX;
      if (fits) {
        dirtyUnits += units;
        chunk.putDirty(run);
        fileOrUnmap(chunk);
      }
      return fits;
    } finally {
      lock.unlock();
    }
  }

  private void putClean(Chunk chunk, long run) {
    lock.lock();
    try {
      chunk.putClean(run);
      fileOrUnmap(chunk);
    } finally {
      lock.unlock();
    }
  }

  @GuardedBy("lock")
  private void file(Chunk chunk) {
    chunk.leaveRing();
    byLongestRun.get(chunk.longestRun()).addFirst(chunk);
  }

  @GuardedBy("lock")
  private void fileOrUnmap(Chunk chunk) {
    if (!chunk.isFree() || freeChunks < FREE_CHUNKS_MAX) {
      freeChunks += chunk.isFree() ? 1 : 0;
      file(chunk);
      return;
    }
    chunk.leaveRing();
    all.remove(chunk);
    OsMemory.unmap(chunk.base(), Chunk.SIZE);
    dirtyUnits -= chunk.dirtyUnits();
    budget.giveBack(chunk.dirtyUnits() * Chunk.UNIT_SIZE);
  }

  private void forgetSlabs(Chunk chunk) {
    for (int i = 0; i < Chunk.UNITS; i++) {
      Slab slab = slabs.find(chunk.base() + i * Chunk.UNIT_SIZE);
      if (slab != null) {
        slabs.remove(slab);
        if (Native.VERIFY) {
          Liveness.slabGone(slab);
        }
      }
    }
  }
}
