package io.karst.memory;

import io.karst.base.Invariant;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicIntegerArray;

/// A run of units cut into blocks of one size, and which of them are free.
///
/// A block is free while it lies here; those in magazines count as used. Free blocks are never
/// touched: a bit each, set while free, is all there is. A wrong or second free is found when the
/// block arrives here, verified or not.
///
/// Thread: whoever holds the lock of the [Depot] of its class; `sparse` may be read by anyone.
final class Slab extends Ring.Link {
  private static final VarHandle SPARSE = sparseHandle();
  private static final AtomicIntegerArray NOT_VERIFYING = new AtomicIntegerArray(0);

  private final SlabLayout layout;
  private final Chunk chunk;
  private final long base;

  /// The size asked for of each block, for [Liveness]; empty unless verifying.
  private final AtomicIntegerArray asked;

  private int free;
  private int firstWordWithFree;

  /// The bitmap of a slab that has no header.
  private long onlyWord;

  @SuppressWarnings("UnusedVariable") // read and written through SPARSE
  private boolean sparse;

  Slab(SlabLayout layout, Chunk chunk, long base) {
    this.layout = layout;
    this.chunk = chunk;
    this.base = base;
    free = layout.blocks();
    asked = Native.VERIFY ? new AtomicIntegerArray(free) : NOT_VERIFYING;
    int words = layout.words();
    for (int i = 0; i < words - 1; i++) {
      putWord(i, -1);
    }
    putWord(words - 1, -1L >>> (words * 64 - free));
  }

  SlabLayout layout() {
    return layout;
  }

  Chunk chunk() {
    return chunk;
  }

  long base() {
    return base;
  }

  AtomicIntegerArray asked() {
    return asked;
  }

  int free() {
    return free;
  }

  int used() {
    return layout.blocks() - free;
  }

  boolean isFull() {
    return free == 0;
  }

  boolean isEmpty() {
    return free == layout.blocks();
  }

  /// Whether the slab is being evacuated: no block of it may be handed out.
  boolean isSparse() {
    return (boolean) SPARSE.getOpaque(this);
  }

  void sparse(boolean value) {
    SPARSE.setOpaque(this, value);
  }

  /// Moves up to `max` free blocks, lowest addresses first, into `target` from index `at` on, and
  /// returns how many.
  int take(long[] target, int at, int max) {
    int count = Math.min(max, free);
    int taken = 0;
    int i = firstWordWithFree;
    while (taken < count) {
      long bits = word(i);
      while (bits != 0 && taken < count) {
        int index = (i << 6) + Long.numberOfTrailingZeros(bits);
        target[at + taken++] = layout.address(base, index);
        bits &= bits - 1;
      }
      putWord(i, bits);
      firstWordWithFree = i;
      i++;
    }
    free -= count;
    return count;
  }

  /// Takes a block back.
  void release(long address) {
    int index = layout.index(base, address);
    boolean exact = index >= 0 && index < layout.blocks() && layout.address(base, index) == address;
    Invariant.check(exact, "freed: not the address of a block");
    int i = index >>> 6;
    long bits = word(i);
    long bit = 1L << index;
    Invariant.check((bits & bit) == 0, "freed twice");
    putWord(i, bits | bit);
    firstWordWithFree = Math.min(firstWordWithFree, i);
    free++;
  }

  private long word(int i) {
    return layout.headerSize() == 0 ? onlyWord : Raw.getLong(base + (long) i * Long.BYTES);
  }

  private void putWord(int i, long bits) {
    if (layout.headerSize() == 0) {
      onlyWord = bits;
    } else {
      Raw.putLong(base + (long) i * Long.BYTES, bits);
    }
  }

  private static VarHandle sparseHandle() {
    try {
      return MethodHandles.lookup().findVarHandle(Slab.class, "sparse", boolean.class);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("Slab.sparse", e);
    }
  }
}
