package io.karst.memory;

import io.karst.base.Invariant;
import java.util.Arrays;

/// One worker's way to the memory of an [Allocator].
///
/// It holds a stack of free blocks per size class, so that most calls touch nothing shared; an
/// empty stack is filled, a full one halved by a batch of blocks to or from the [Depot]. A block
/// may be freed through any magazine of the allocator it came from.
///
/// Thread: owned by one at a time; whoever hands it over establishes the order.
public final class Magazine implements AutoCloseable {
  private final Allocator allocator;
  private final BlockStack[] stacks = new BlockStack[SizeClasses.COUNT];
  private final OwnedCounter liveBytes = new OwnedCounter();

  /// The evacuation for which the stacks were last flushed.
  private int evacuation = Allocator.NO_EVACUATION;

  private Limit limit = Limit.KEPT;

  Magazine(Allocator allocator) {
    this.allocator = allocator;
    Arrays.fill(stacks, BlockStack.NONE);
  }

  /// Hands out a block and returns its address: a multiple of 8 from 64 bytes up, of 4 below.
  ///
  /// - `size`: 1 byte to [SizeClasses#HUGEST] bytes.
  /// - returns: content undefined up to [SizeClasses#LARGEST], zero above.
  /// - throws [Fault.OutOfMemory] at the limit or when the system refuses; nothing has changed.
  long allocate(long size) {
    Invariant.check(size > 0, "allocated: less than a byte");
    long address;
    if (size > SizeClasses.LARGEST) {
      address = allocator.huge().allocate(size, limit);
    } else {
      int sizeClass = SizeClasses.of((int) size);
      BlockStack stack = stacks[sizeClass];
      boolean slowly = stack.isEmpty() || allocator.evacuation() != evacuation;
      address = slowly ? popSlowly(sizeClass) : stack.pop();
    }
    liveBytes.add(size);
    if (Native.VERIFY) {
      Liveness.allocated(address, size);
    }
    return address;
  }

  /// Takes a block back.
  ///
  /// - `size`: the one asked for when it was allocated, or last resized.
  void free(long address, long size) {
    Invariant.check(size > 0, "freed: less than a byte");
    if (Native.VERIFY) {
      Liveness.freed(address, size);
    }
    if (size > SizeClasses.LARGEST) {
      allocator.huge().free(address, size);
    } else {
      int sizeClass = SizeClasses.of((int) size);
      BlockStack stack = stacks[sizeClass];
      if (stack.isFull() || allocator.evacuation() != Allocator.NO_EVACUATION) {
        pushSlowly(sizeClass, address);
      } else {
        stack.push(address);
      }
    }
    liveBytes.add(-size);
  }

  /// Whether the block serves the new size as well: same class, or same huge mapping and within
  /// the limit. Then it has that size from now on, and its content is kept; else nothing changed.
  boolean resize(long address, long oldSize, long newSize) {
    Invariant.check(oldSize > 0 && newSize > 0, "resized: less than a byte");
    if (!fits(address, oldSize, newSize)) {
      return false;
    }
    if (Native.VERIFY) {
      Liveness.resized(address, oldSize, newSize);
    }
    liveBytes.add(newSize - oldSize);
    return true;
  }

  /// What the limit means to what is allocated from now on.
  public void limit(Limit newLimit) {
    limit = newLimit;
  }

  /// Gives the free blocks that it holds to everyone: each may keep a slab from becoming empty. For
  /// a worker that has nothing to do; never needed otherwise.
  public void flush() {
    for (int i = 0; i < stacks.length; i++) {
      if (stacks[i] != BlockStack.NONE) {
        stacks[i].flush(allocator.depot(i));
      }
    }
  }

  /// Gives its blocks back; it must not be used any more. The blocks that it handed out live on.
  @Override
  public void close() {
    allocator.closed(this);
  }

  /// What was handed out less what was taken back here: negative if others allocated more of it.
  long liveBytes() {
    return liveBytes.get();
  }

  private boolean fits(long address, long oldSize, long newSize) {
    if (oldSize > SizeClasses.LARGEST) {
      return newSize > SizeClasses.LARGEST && allocator.huge().resize(address, oldSize, newSize);
    }
    return newSize <= SizeClasses.LARGEST
        && SizeClasses.of((int) oldSize) == SizeClasses.of((int) newSize);
  }

  private long popSlowly(int sizeClass) {
    joinEvacuation();
    BlockStack stack = ownStack(sizeClass);
    if (stack.isEmpty()) {
      allocator.depot(sizeClass).refill(stack, limit);
    }
    return stack.pop();
  }

  private void pushSlowly(int sizeClass, long address) {
    joinEvacuation();
    if (evacuation != Allocator.NO_EVACUATION && allocator.sparse(address)) {
      allocator.depot(sizeClass).giveBack(new long[] {address}, 1);
      return;
    }
    BlockStack stack = ownStack(sizeClass);
    if (stack.isFull()) {
      stack.flushHalf(allocator.depot(sizeClass));
    }
    stack.push(address);
  }

  /// Sees to it that the stacks hold no block of a sparse slab: what was there when the slabs were
  /// marked goes back, and none comes in later.
  private void joinEvacuation() {
    int current = allocator.evacuation();
    if (current != evacuation) {
      evacuation = current;
      flush();
    }
  }

  private BlockStack ownStack(int sizeClass) {
    if (stacks[sizeClass] == BlockStack.NONE) {
      stacks[sizeClass] = BlockStack.forBlocksOf(SizeClasses.size(sizeClass));
    }
    return stacks[sizeClass];
  }
}
