package io.karst.memory;

import io.karst.base.Fault;
import io.karst.base.Invariant;
import java.util.concurrent.ConcurrentHashMap;

/// The blocks above [SizeClasses#LARGEST]: a mapping each, zero at first.
///
/// A block reserves address space up to the next eighth, so that a string which grows stays in
/// place most of the time; only the pages of the size asked for are counted, and those cut off by
/// a shrink go back. Thread-safe.
final class HugeBlocks {
  private final Budget budget;
  private final Chunks chunks;

  /// Size asked for, by address.
  private final ConcurrentHashMap<Long, Long> sizes = new ConcurrentHashMap<>();

  HugeBlocks(Budget budget, Chunks chunks) {
    this.budget = budget;
    this.chunks = chunks;
  }

  /// - throws [Fault.OutOfMemory] at the limit or when the system refuses.
  long allocate(long size, Limit limit) {
    Invariant.check(size <= SizeClasses.HUGEST, "allocated: larger than a block can be");
    long bytes = OsMemory.roundToPage(size);
    if (!claim(bytes)) {
      budget.claimBeyond(bytes, limit);
    }
    try {
      long address = OsMemory.map(reservation(size));
      sizes.put(address, size);
      budget.used(bytes);
      return address;
    } catch (Fault.OutOfMemory e) {
      budget.giveBack(bytes);
      throw e;
    }
  }

  void free(long address, long size) {
    Invariant.check(sizes.remove(address, size), "freed: no huge block of that size");
    OsMemory.unmap(address, reservation(size));
    long bytes = OsMemory.roundToPage(size);
    budget.used(-bytes);
    budget.giveBack(bytes);
  }

  /// Whether the block can have the new size in place, within the limit; then it does.
  boolean resize(long address, long oldSize, long newSize) {
    if (newSize > SizeClasses.HUGEST || reservation(newSize) != reservation(oldSize)) {
      return false;
    }
    long oldBytes = OsMemory.roundToPage(oldSize);
    long newBytes = OsMemory.roundToPage(newSize);
    if (newBytes > oldBytes && !claim(newBytes - oldBytes)) {
      return false;
    }
    boolean known = sizes.replace(address, oldSize, newSize);
    Invariant.check(known, "resized: no huge block of that size");
    budget.used(newBytes - oldBytes);
    if (newBytes < oldBytes) {
      OsMemory.discard(address + newBytes, oldBytes - newBytes);
      budget.giveBack(oldBytes - newBytes);
    }
    return true;
  }

  /// Unmaps everything.
  void close() {
    sizes.forEach((address, size) -> {
      if (Native.VERIFY) {
        Liveness.freed(address, size);
      }
      free(address, size);
    });
  }

  private boolean claim(long bytes) {
    if (budget.tryClaim(bytes)) {
      return true;
    }
    chunks.purge();
    return budget.tryClaim(bytes);
  }

  private static long reservation(long size) {
    return SizeClasses.reservation(size, OsMemory.PAGE_SIZE);
  }
}
