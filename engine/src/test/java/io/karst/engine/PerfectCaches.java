package io.karst.engine;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.TreeSet;

/// What the approximations approximate. Both know the order of all keys, at any price.
final class PerfectCaches {
  private PerfectCaches() {}

  /// The key that was not asked for for the longest time goes.
  static Trace.Cache lru(int capacity) {
    LinkedHashMap<Integer, Boolean> keys = new LinkedHashMap<>(16, 0.75f, true);
    return (key, millis) -> {
      if (keys.get(key) != null) {
        return true;
      }
      if (keys.size() == capacity) {
        keys.pollFirstEntry();
      }
      keys.put(key, true);
      return false;
    };
  }

  /// The key that was asked for least often goes, the older of two. The counts of keys that are not
  /// here are kept.
  static Trace.Cache lfu(int capacity, int range) {
    long[] counts = new long[range];
    long[] latest = new long[range];
    long[] now = {0};
    TreeSet<Integer> keys =
        new TreeSet<>(
            Comparator.<Integer>comparingLong(key -> counts[key])
                .thenComparingLong(key -> latest[key]));
    return (key, millis) -> {
      boolean hit = keys.remove(key);
      if (!hit && keys.size() == capacity) {
        keys.pollFirst();
      }
      counts[key]++;
      latest[key] = ++now[0];
      keys.add(key);
      return hit;
    };
  }
}
