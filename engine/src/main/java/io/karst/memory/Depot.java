package io.karst.memory;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.ArrayList;
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
  void refill(BlockStack stack) {
    lock.lock();
    try {
      while (!stack.isRefilled()) {
        Slab slab = available.first();
        if (slab == null) {
          if (!stack.isEmpty()) {
            return;
          }
          slab = chunks.cut(layout);
          available.addFirst(slab);
        }
        stack.refillFrom(slab);
        if (slab.isFull()) {
          slab.leaveRing();
        }
      }
    } finally {
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
      lock.unlock();
    }
    if (emptied != null) {
      emptied.forEach(chunks::giveBack);
    }
  }

  /// Marks the slabs less full than `below`, unless their blocks would need as many new ones.
  int markSparse(double below) {
    lock.lock();
    try {
      List<Slab> candidates = new ArrayList<>();
      long moving = 0;
      long room = 0;
      for (Slab slab = available.first(); slab != null; slab = available.after(slab)) {
        if (slab.used() < below * layout.blocks()) {
          candidates.add(slab);
          moving += slab.used();
        } else {
          room += slab.free();
        }
      }
      long needed = Math.ceilDiv(Math.max(0, moving - room), layout.blocks());
      if (needed >= candidates.size()) {
        return 0;
      }
      candidates.forEach(this::evacuate);
      return candidates.size();
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
