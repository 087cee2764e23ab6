package io.karst.engine;

import io.karst.memory.Magazine;
import io.karst.memory.Record;
import io.karst.value.LargeValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Records that are out of their table but may still be seen through a view: freed when the
/// transaction that took them out has ended.
final class Retired {
  /// Giving back more than this at once takes the operating system noticeable time.
  private static final long LARGE = 1 << 20;

  /// Giving back more elements than this at once takes noticeable time.
  private static final int ELEMENTS_MAX = 1000;

  private long[] records = new long[16];
  private int count;
  private final List<LargeValue> values = new ArrayList<>();

  /// A record, whose value, if it is an object, is somebody else's.
  void add(long record) {
    if (count == records.length) {
      records = Arrays.copyOf(records, count * 2);
    }
    records[count++] = record;
  }

  /// A value that no record stands for any more.
  void add(LargeValue value) {
    values.add(value);
  }

  /// Frees all; large ones are left to the background.
  void free(Magazine magazine, Engine engine) {
    for (int i = 0; i < count; i++) {
      long record = records[i];
      if (Record.size(record) > LARGE) {
        engine.freeInBackground(record);
      } else {
        Record.free(magazine, record);
      }
    }
    count = 0;
    for (int i = 0; i < values.size(); i++) {
      LargeValue value = values.get(i);
      if (value.count() > ELEMENTS_MAX || value.bytes() > LARGE) {
        engine.freeInBackground(value);
      } else {
        value.free(magazine);
      }
    }
    values.clear();
  }
}
