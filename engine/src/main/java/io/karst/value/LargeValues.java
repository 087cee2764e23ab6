package io.karst.value;

import io.karst.memory.Magazine;
import io.karst.memory.Record;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The large values of a store, by the numbers that records have of them.
///
/// Looking one up takes two loads and no lock: its number stands in a record, and who has the
/// record has the lock of its slot. The places grow by blocks that stay where they are.
///
/// Thread-safe.
public final class LargeValues {
  private static final int BLOCK_BITS = 10;
  private static final int BLOCK = 1 << BLOCK_BITS;

  private static final class Block {
    private final @Nullable LargeValue[] values = new @Nullable LargeValue[BLOCK];
    private final short[] slots = new short[BLOCK];
  }

  private final ReentrantLock lock = new ReentrantLock();

  /// Guarded by `lock`, to be written: the free places.
  private int[] free = new int[BLOCK];

  private int freeCount;
  private volatile Block[] blocks = new Block[0];

  /// Gives a value of a key in a slot a number.
  public long add(LargeValue value, int slot) {
    lock.lock();
    try {
      if (freeCount == 0) {
        grow();
      }
      int place = free[--freeCount];
      Block block = block(place);
      block.values[place & BLOCK - 1] = value;
      block.slots[place & BLOCK - 1] = (short) slot;
      return place;
    } finally {
      lock.unlock();
    }
  }

  /// The value that a record stands for.
  public LargeValue of(long record) {
    return Objects.requireNonNull(find((int) Record.object(record)), "a value that is gone");
  }

  /// The value of a number, or null if there is none any more.
  public @Nullable LargeValue find(int number) {
    return block(number).values[number & BLOCK - 1];
  }

  /// The slot of the key whose value has a number; a moment old unless that slot is locked.
  public int slot(int number) {
    return block(number).slots[number & BLOCK - 1];
  }

  /// A value is that of another key now, which is in `slot`. Under the locks of both slots.
  public void move(long number, int slot) {
    block((int) number).slots[(int) number & BLOCK - 1] = (short) slot;
  }

  /// All numbers that are in use are less than this.
  public int limit() {
    return blocks.length << BLOCK_BITS;
  }

  /// Takes the number back and returns the value.
  public LargeValue remove(long number) {
    lock.lock();
    try {
      int place = (int) number;
      Block block = block(place);
      LargeValue value = Objects.requireNonNull(block.values[place & BLOCK - 1]);
      block.values[place & BLOCK - 1] = null;
      free[freeCount++] = place;
      return value;
    } finally {
      lock.unlock();
    }
  }

  /// Frees a record and, if it stands for a value, that too.
  public void free(Magazine magazine, long record) {
    if (Record.isObject(record)) {
      remove(Record.object(record)).free(magazine);
    }
    Record.free(magazine, record);
  }

  /// The native memory of a record with its value, in bytes.
  public long bytes(long record) {
    return Record.blockSize(record) + (Record.isObject(record) ? of(record).bytes() : 0);
  }

  private Block block(int place) {
    return blocks[place >>> BLOCK_BITS];
  }

  private void grow() {
    int count = blocks.length;
    Block[] more = Arrays.copyOf(blocks, count + 1);
    more[count] = new Block();
    free = new int[(count + 1) * BLOCK];
    for (int i = BLOCK - 1; i >= 0; i--) {
      free[freeCount++] = count << BLOCK_BITS | i;
    }
    blocks = more;
  }
}
