package io.karst.memory;

/// The free blocks of one size class that a magazine holds. The last in is the first out: it is
/// the likeliest to be in the processor's cache. Thread: the magazine's.
final class BlockStack {
  /// Holds nothing, ever: stands in until a class is first used.
  static final BlockStack NONE = new BlockStack(0);

  private static final int CAPACITY_MAX = 64;
  private static final int BYTES_MAX = 32 << 10;

  private final long[] addresses;
  private int count;

  private BlockStack(int capacity) {
    addresses = new long[capacity];
  }

  /// A stack of at most 64 blocks and 32 KiB, but of one block at least.
  static BlockStack forBlocksOf(int blockSize) {
    return new BlockStack(Math.clamp(BYTES_MAX / blockSize, 1, CAPACITY_MAX));
  }

  int count() {
    return count;
  }

  boolean isEmpty() {
    return count == 0;
  }

  boolean isFull() {
    return count == addresses.length;
  }

  long pop() {
    return addresses[--count];
  }

  void push(long address) {
    addresses[count++] = address;
  }

  /// Takes free blocks out of `slab` until half of the stack is used, or the slab is.
  void refillFrom(Slab slab) {
    count += slab.take(addresses, count, batch() - count);
  }

  boolean isRefilled() {
    return count >= batch();
  }

  /// Gives the older half back, or the one block there may be.
  void flushHalf(Depot depot) {
    int flushed = Math.min(batch(), count);
    depot.giveBack(addresses, flushed);
    System.arraycopy(addresses, flushed, addresses, 0, count - flushed);
    count -= flushed;
  }

  void flush(Depot depot) {
    depot.giveBack(addresses, count);
    count = 0;
  }

  private int batch() {
    return (addresses.length + 1) >>> 1;
  }
}
