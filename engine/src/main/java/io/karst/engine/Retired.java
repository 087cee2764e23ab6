package io.karst.engine;

import io.karst.memory.Magazine;
import io.karst.memory.Record;
import io.karst.value.LargeValues;
import java.util.Arrays;
import java.util.function.LongConsumer;

/// Records that are out of their table but may still be seen through a view: freed when the
/// transaction that took them out has ended.
final class Retired {
  /// Giving back more than this at once takes the operating system noticeable time.
  private static final long LARGE = 1 << 20;

  /// Giving back more elements than this at once takes noticeable time.
  private static final int ELEMENTS_MAX = 1000;

  /// Set in a handle whose block alone is to be freed.
  private static final long BLOCK_ONLY = Long.MIN_VALUE;

  private long[] records = new long[16];
  private int count;

  /// A record, and the value it stands for.
  void add(long record) {
    if (count == records.length) {
      records = Arrays.copyOf(records, count * 2);
    }
    records[count++] = record;
  }

  /// A record, but not the value it stands for.
  void addBlock(long record) {
    add(record | BLOCK_ONLY);
  }

  /// Frees all; large ones are left to `background`.
  void free(Magazine magazine, LargeValues values, LongConsumer background) {
    for (int i = 0; i < count; i++) {
      long record = records[i];
      if (record < 0) {
        Record.free(magazine, record & ~BLOCK_ONLY);
      } else if (Record.size(record) > LARGE || isLarge(values, record)) {
        background.accept(record);
      } else {
        values.free(magazine, record);
      }
    }
    count = 0;
  }

  private static boolean isLarge(LargeValues values, long record) {
    return Record.isObject(record) && values.of(record).count() > ELEMENTS_MAX;
  }
}
