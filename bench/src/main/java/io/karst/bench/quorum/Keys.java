package io.karst.bench.quorum;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// The keys of a load, all of the same size, and its value.
///
/// - `count`: how many.
/// - `value`: the same for all.
/// - `walk`: the next of them, if they come one after the other; null if they are drawn.
record Keys(int count, String value, @Nullable AtomicInteger walk) {
  private static final String PREFIX = "key:";
  private static final int DIGITS = 12;

  /// - `valueSize`: in bytes.
  static Keys of(int count, int valueSize) {
    return new Keys(count, "v".repeat(valueSize), null);
  }

  /// The same, one after the other.
  Keys inOrder() {
    return new Keys(count, value, new AtomicInteger());
  }

  String next(RandomGenerator random) {
    int index = walk == null ? random.nextInt(count) : walk.getAndIncrement() % count;
    String digits = Integer.toString(index);
    return PREFIX + "0".repeat(DIGITS - digits.length()) + digits;
  }
}
