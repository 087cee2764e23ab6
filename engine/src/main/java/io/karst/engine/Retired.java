package io.karst.engine;

import io.karst.memory.Magazine;
import io.karst.memory.Record;
import java.util.Arrays;
import java.util.function.LongConsumer;

/// Records that are out of their table but may still be seen through a view: freed when the
/// transaction that took them out has ended.
final class Retired {
  /// Giving back more than this at once takes the operating system noticeable time.
  private static final long LARGE = 1 << 20;

  private long[] records = new long[16];
  private int count;

  void add(long record) {
    if (count == records.length) {
      records = Arrays.copyOf(records, count * 2);
    }
    records[count++] = record;
  }

  /// Frees all; large ones are left to `background`.
  void free(Magazine magazine, LongConsumer background) {
    for (int i = 0; i < count; i++) {
      long record = records[i];
      if (Record.size(record) > LARGE) {
        background.accept(record);
      } else {
        Record.free(magazine, record);
      }
    }
    count = 0;
  }
}
