package io.karst.value;

import io.karst.base.Invariant;
import io.karst.memory.Magazine;
import io.karst.memory.Record;
import java.util.ArrayList;
import java.util.List;
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

  private final ReentrantLock lock = new ReentrantLock();

  /// Guarded by `lock`, to be written: the free places.
  private int[] free = new int[BLOCK];

  private int freeCount;
  private volatile @Nullable LargeValue[][] blocks = new @Nullable LargeValue[0][];

  /// Gives a value a number.
  public long add(LargeValue value) {
    lock.lock();
    try {
      if (freeCount == 0) {
        grow();
      }
      int place = free[--freeCount];
      blocks[place >>> BLOCK_BITS][place & BLOCK - 1] = value;
      return place;
    } finally {
      lock.unlock();
    }
  }

  /// The value that a record stands for.
  public LargeValue of(long record) {
    LargeValue value = find(Record.object(record));
    if (value == null) {
      throw Invariant.violated("a record stands for a value that is gone");
    }
    return value;
  }

  /// The value of a number, or null if there is none any more.
  public @Nullable LargeValue find(long number) {
    int place = (int) number;
    return blocks[place >>> BLOCK_BITS][place & BLOCK - 1];
  }

  /// Takes the number back and returns the value.
  public LargeValue remove(long number) {
    lock.lock();
    try {
      int place = (int) number;
      @Nullable LargeValue[] block = blocks[place >>> BLOCK_BITS];
      LargeValue value = block[place & BLOCK - 1];
      if (value == null) {
        throw Invariant.violated("a value is removed twice");
      }
      block[place & BLOCK - 1] = null;
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

  /// The values there are; a moment old.
  public List<LargeValue> all() {
    List<LargeValue> all = new ArrayList<>();
    for (@Nullable LargeValue[] block : blocks) {
      for (LargeValue value : block) {
        if (value != null) {
          all.add(value);
        }
      }
    }
    return all;
  }

  private void grow() {
    int count = blocks.length;
    @Nullable LargeValue[][] more = new @Nullable LargeValue[count + 1][];
    System.arraycopy(blocks, 0, more, 0, count);
    more[count] = new @Nullable LargeValue[BLOCK];
    free = new int[(count + 1) * BLOCK];
    for (int i = BLOCK - 1; i >= 0; i--) {
      free[freeCount++] = count << BLOCK_BITS | i;
    }
    blocks = more;
  }
}
