package io.karst.memory;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The slabs of one size class, shared by all magazines, which come here with whole batches.
///
/// Slabs with free blocks are in a ring: *available*, or *evacuated* once they are marked sparse.
/// Full ones are in neither, an empty one goes back to [Chunks] at once. A slab that was full
/// comes in front, so that full slabs stay full and sparse ones have a chance to become empty.
///
/// Thread-safe. Lock order: this one, then that of [Chunks].
final class Depot {
  private final SlabLayout layout;
  private final Chunks chunks;
  private final ReentrantLock lock = new ReentrantLock();

  @GuardedBy("lock")
  private final Ring<Slab> available = new Ring<>();

  @GuardedBy("lock")
  private final Ring<Slab> evacuated = new Ring<>();

  Depot(SlabLayout layout, Chunks chunks) {
    this.layout = layout;
    this.chunks = chunks;
  }

  /// Puts at least one free block on an empty stack.
  ///
  /// - throws [io.karst.base.Fault.OutOfMemory] with nothing changed.
  void refill(BlockStack stack, Limit limit) {
    int before = stack.count();
    lock.lock();
    try {
      while (!stack.isRefilled()) {
        Slab slab = available.first();
        if (slab == null) {
          if (!stack.isEmpty()) {
            return;
          }
          slab = chunks.cut(layout, limit);
          available.addFirst(slab);
        }
        stack.refillFrom(slab);
        if (slab.isFull()) {
          slab.leaveRing();
        }
      }
    } finally {
      chunks.used((stack.count() - before) * (long) layout.blockSize());
      lock.unlock();
    }
  }

  /// Takes the first `count` of `addresses` back.
  void giveBack(long[] addresses, int count) {
    @Nullable List<Slab> emptied = null;
    lock.lock();
    try {
      for (int i = 0; i < count; i++) {
        Slab slab = release(addresses[i]);
        if (slab.isEmpty()) {
          slab.leaveRing();
          emptied = emptied == null ? new ArrayList<>() : emptied;
          emptied.add(slab);
        }
      }
    } finally {
      chunks.used(-count * (long) layout.blockSize());
      lock.unlock();
    }
    if (emptied != null) {
      emptied.forEach(chunks::giveBack);
    }
  }

  long slabSize() {
    return layout.size();
  }

  /// Counts the slabs that could be emptied.
  void count(SparseCensus census) {
    int[] slabs = new int[SparseCensus.LEVELS];
    long free = 0;
    lock.lock();
    try {
      for (Slab slab = available.first(); slab != null; slab = available.after(slab)) {
        slabs[SparseCensus.level(slab)]++;
        free += slab.free();
      }
    } finally {
      lock.unlock();
    }
    census.add(layout, slabs, free);
  }

  /// Marks the emptiest slabs, of the lowest `levels`, as far as the others can take in their
  /// blocks, and until that brings `bytes`; returns how many.
  int markSparse(int levels, long bytes) {
    lock.lock();
    try {
      List<Slab> candidates = new ArrayList<>();
      long free = 0;
      for (Slab slab = available.first(); slab != null; slab = available.after(slab)) {
        free += slab.free();
        if (SparseCensus.level(slab) < levels) {
          candidates.add(slab);
        }
      }
      long wanted = Math.min(free / layout.blocks(), Math.ceilDiv(bytes, layout.size()));
      int count = Math.clamp(wanted, 0, candidates.size());
      if (count < candidates.size()) {
        candidates.sort(Comparator.comparingInt(Slab::used));
      }
      candidates.subList(0, count).forEach(this::evacuate);
      return count;
    } finally {
      lock.unlock();
    }
  }

  void clearSparse() {
    lock.lock();
    try {
      for (Slab slab = evacuated.first(); slab != null; slab = evacuated.first()) {
        slab.leaveRing();
        slab.sparse(false);
        available.addFirst(slab);
      }
    } finally {
      lock.unlock();
    }
  }

  @GuardedBy("lock")
  private Slab release(long address) {
    Slab slab = chunks.slabs().get(address);
    boolean wasFull = slab.isFull();
    slab.release(address);
    if (wasFull) {
      available.addFirst(slab);
    }
    return slab;
  }

  @GuardedBy("lock")
  private void evacuate(Slab slab) {
    slab.leaveRing();
    slab.sparse(true);
    evacuated.addFirst(slab);
  }
}
