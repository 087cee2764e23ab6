package io.karst.memory;

import io.karst.base.Invariant;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/// Which slab an address lies in: a two-level page table over 48 bits of address, in units.
///
/// A look-up is two loads and no lock. A leaf covers 4 GiB and costs 4 bytes a unit; leaves stay.
/// Thread-safe.
final class SlabMap {
  private static final int LEVEL_BITS = 16;
  private static final int LEVEL_SIZE = 1 << LEVEL_BITS;

  private final AtomicReferenceArray<@Nullable AtomicReferenceArray<@Nullable Slab>> root =
      new AtomicReferenceArray<>(LEVEL_SIZE);

  /// The slab around any address whatsoever, or null.
  @Nullable Slab find(long address) {
    long unit = address >>> Chunk.UNIT_SHIFT;
    long high = unit >>> LEVEL_BITS;
    if (high >= LEVEL_SIZE) {
      return null;
    }
    AtomicReferenceArray<@Nullable Slab> leaf = root.getAcquire((int) high);
    return leaf == null ? null : leaf.getAcquire((int) unit & (LEVEL_SIZE - 1));
  }

  /// The slab of a block of ours.
  Slab get(long address) {
    Slab slab = find(address);
    if (slab == null) {
      Invariant.check(false, () -> "not in a slab: 0x" + Long.toHexString(address));
      throw new AssertionError();
    }
    return slab;
  }

  void add(Slab slab) {
    set(slab, slab);
  }

  void remove(Slab slab) {
    set(slab, null);
  }

  private void set(Slab slab, @Nullable Slab value) {
    long first = slab.base() >>> Chunk.UNIT_SHIFT;
    for (int i = 0; i < slab.layout().units(); i++) {
      long unit = first + i;
      leaf((int) (unit >>> LEVEL_BITS)).setRelease((int) unit & (LEVEL_SIZE - 1), value);
    }
  }

  private AtomicReferenceArray<@Nullable Slab> leaf(int high) {
    AtomicReferenceArray<@Nullable Slab> leaf = root.getAcquire(high);
    if (leaf != null) {
      return leaf;
    }
    AtomicReferenceArray<@Nullable Slab> created = new AtomicReferenceArray<>(LEVEL_SIZE);
    AtomicReferenceArray<@Nullable Slab> witness = root.compareAndExchange(high, null, created);
    return witness == null ? created : witness;
  }
}
