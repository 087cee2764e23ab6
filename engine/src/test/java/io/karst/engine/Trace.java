package io.karst.engine;

import java.util.Arrays;
import java.util.SplittableRandom;

/// Keys that are asked for one after the other, at a constant rate.
///
/// The keys are numbers below [#range].
final class Trace {
  /// Of one scan, and from its end to the beginning of the next.
  private static final int SCAN = 2_000;

  private static final int BETWEEN_SCANS = 4_000;

  private final String name;
  private final int[] keys;
  private final int range;
  private final int perSecond;

  private Trace(String name, int[] keys, int range, int perSecond) {
    this.name = name;
    this.keys = keys;
    this.range = range;
    this.perSecond = perSecond;
  }

  /// The `i`th most popular key is asked for with a probability in proportion to 1 / i^s.
  static Trace zipfian(double s, int range, int length, int perSecond, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] ends = new double[range];
    double end = 0;
    for (int i = 0; i < range; i++) {
      end += Math.pow(i + 1, -s);
      ends[i] = end;
    }
    int[] keys = new int[length];
    for (int i = 0; i < length; i++) {
      int found = Arrays.binarySearch(ends, random.nextDouble() * end);
      keys[i] = Math.min(found < 0 ? -found - 1 : found, range - 1);
    }
    return new Trace("zipf " + s, keys, range, perSecond);
  }

  /// A zipfian trace with scans in between, of as many other keys, over and over: a third of it.
  static Trace scanning(double s, int range, int length, int perSecond, long seed) {
    int[] popular = zipfian(s, range, length, perSecond, seed).keys;
    int[] keys = new int[length];
    int scanned = 0;
    for (int i = 0; i < length; i++) {
      boolean scans = i % (SCAN + BETWEEN_SCANS) >= BETWEEN_SCANS;
      keys[i] = scans ? range + scanned++ % range : popular[i];
    }
    return new Trace("zipf " + s + " and scans", keys, 2 * range, perSecond);
  }

  String name() {
    return name;
  }

  int range() {
    return range;
  }

  /// How many keys are asked for in a second.
  int perSecond() {
    return perSecond;
  }

  /// When a key is asked for, in milliseconds.
  long millis(int index) {
    return index * 1000L / perSecond;
  }

  /// Part of the keys that a cache has when they are asked for, in percent.
  double hits(Cache cache) {
    long hits = 0;
    for (int i = 0; i < keys.length; i++) {
      if (cache.ask(keys[i], millis(i))) {
        hits++;
      }
    }
    return 100.0 * hits / keys.length;
  }

  /// A cache that is asked for keys, and takes in those it has not.
  @FunctionalInterface
  interface Cache {
    /// Whether the key was there.
    boolean ask(int key, long millis);
  }
}
