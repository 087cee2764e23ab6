package io.karst.memory;

import io.karst.base.Invariant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/// Native memory for records and tables, counted to the byte.
///
/// From the top down: a [Magazine] per worker hands out blocks; behind it a [Depot] per size class
/// ([SizeClasses]) keeps the slabs they are cut from; [Chunks] has the address space of the slabs
/// and the memory behind it, [HugeBlocks] the blocks that are too large for slabs. [Budget] counts
/// what is taken from the operating system ([OsMemory]), and refuses at the limit.
///
/// *Cost.* Allocate and free: some nanoseconds each, a lock once per batch. A block wastes at most
/// 12.5 % ([SizeClasses]); bookkeeping is a bit a block in native memory and about 100 bytes of
/// Java heap per 64 KiB.
///
/// *Compaction.* The caller marks the slabs that are nearly empty ([#markSparse]), moves each
/// record that lies in one ([#sparse]) into a new block, and ends with [#clearSparse]. One thread
/// at a time does this.
///
/// Thread-safe, but for [#close].
///
/// Sources: Bonwick, "The Slab Allocator" (1994), Bonwick and Adams, "Magazines and Vmem" (2001).
public final class Allocator implements AutoCloseable {
  static final int NO_EVACUATION = 0;

  private final Budget budget;
  private final Chunks chunks;
  private final HugeBlocks huge;
  private final Depot[] depots = new Depot[SizeClasses.COUNT];
  private final List<Magazine> magazines = new CopyOnWriteArrayList<>();

  /// The sum over the magazines that were closed.
  private final AtomicLong closedLiveBytes = new AtomicLong();

  /// The number of the evacuation that is going on, or [#NO_EVACUATION].
  private volatile int evacuation = NO_EVACUATION;

  private int evacuations;
  private volatile boolean closed;

  private Allocator(long limitBytes) {
    budget = new Budget(limitBytes);
    chunks = new Chunks(budget);
    huge = new HugeBlocks(budget, chunks);
    for (int i = 0; i < depots.length; i++) {
      depots[i] = new Depot(SlabLayout.of(i), chunks);
    }
  }

  /// An allocator that takes nothing from the operating system yet.
  ///
  /// - `limitBytes`: the most that it will take; [Long#MAX_VALUE] is no limit.
  public static Allocator open(long limitBytes) {
    return new Allocator(limitBytes);
  }

  /// A new magazine, for one worker.
  public Magazine magazine() {
    Magazine magazine = new Magazine(this);
    magazines.add(magazine);
    return magazine;
  }

  /// The sum of the sizes asked for and not freed. Exact while no operation runs, else a close
  /// guess, never negative.
  public long liveBytes() {
    long sum = closedLiveBytes.get();
    for (Magazine magazine : magazines) {
      sum += magazine.liveBytes();
    }
    return Math.max(0, sum);
  }

  /// The memory taken from the operating system: of slabs all, touched or not, of huge blocks the
  /// pages of the size asked for.
  public long totalBytes() {
    return budget.totalBytes();
  }

  /// Of what is taken, the blocks that were handed out, those that magazines hold ready included:
  /// what cannot be handed out again as long as nobody gives it back.
  public long usedBytes() {
    return budget.usedBytes();
  }

  /// What is taken and not live: rounding, free blocks, magazines, slab headers.
  public long slackBytes() {
    return Math.max(0, totalBytes() - liveBytes());
  }

  public long limitBytes() {
    return budget.limitBytes();
  }

  /// How much higher the limit is for the time being ([Limit#RAISED]).
  public long overdraftBytes() {
    return budget.overdraftBytes();
  }

  /// The limit is what it was set to again.
  public void endOverdraft() {
    budget.endOverdraft();
  }

  /// Sets the limit. Below what is taken, nothing more is taken until enough went back.
  public void limit(long bytes) {
    budget.limit(bytes);
    if (totalBytes() > bytes) {
      purge();
    }
  }

  /// Gives the little back that is kept for swings of the load.
  public void purge() {
    chunks.purge();
  }

  /// Marks slabs in use for less than the given part of their blocks as being evacuated: no block
  /// is handed out from them any more, and those that come free stay there. Magazines give their
  /// blocks back when they are next used. The emptiest are marked, no more than can be emptied into
  /// the free blocks of the others.
  ///
  /// - `bytes`: about how much memory to get back at most.
  /// - returns: how many slabs were marked by this call.
  public int markSparse(double liveFractionBelow, long bytes) {
    SparseCensus census = new SparseCensus();
    for (Depot depot : depots) {
      depot.count(census);
    }
    int limit = (int) Math.ceil(liveFractionBelow * SparseCensus.LEVELS);
    int levels = census.levelsFor(bytes, limit);
    int marked = 0;
    long left = bytes;
    for (Depot depot : depots) {
      int slabs = depot.markSparse(levels, left);
      marked += slabs;
      left -= slabs * depot.slabSize();
    }
    if (marked > 0) {
      evacuations = Math.max(1, evacuations + 1);
      evacuation = evacuations;
    }
    return marked;
  }

  /// Ends an evacuation: the slabs that did not become empty are ordinary again.
  public void clearSparse() {
    evacuation = NO_EVACUATION;
    for (Depot depot : depots) {
      depot.clearSparse();
    }
  }

  /// Whether a block lies in a slab that is being evacuated; a huge one lies in none.
  boolean sparse(long address) {
    Slab slab = evacuation == NO_EVACUATION ? null : chunks.slabs().find(address);
    return slab != null && slab.isSparse();
  }

  /// Gives everything back to the operating system. No magazine may be in use, and no block.
  @Override
  public void close() {
    if (!closed) {
      closed = true;
      huge.close();
      chunks.close();
      budget.giveBack(budget.totalBytes());
    }
  }

  int evacuation() {
    return evacuation;
  }

  HugeBlocks huge() {
    return huge;
  }

  Depot depot(int sizeClass) {
    Invariant.check(!closed, "the allocator is closed");
    return depots[sizeClass];
  }

  void closed(Magazine magazine) {
    if (!magazines.contains(magazine)) {
      return;
    }
    if (!closed) {
      magazine.flush();
    }
    closedLiveBytes.addAndGet(magazine.liveBytes());
    magazines.remove(magazine);
  }
}
