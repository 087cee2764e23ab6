package io.karst.commands.hyperloglog;

import io.karst.base.Bytes;

/// MurmurHash64A, with the seed of Redis: what decides which register an element counts in, so that
/// both count the same.
///
/// Source: A. Appleby, MurmurHash2, 64-bit version for 64-bit machines (public domain).
final class ElementHash {
  private static final long SEED = 0xadc83b19L;
  private static final long MULTIPLIER = 0xc6a4a7935bd1e995L;
  private static final int SHIFT = 47;

  private ElementHash() {}

  static long of(Bytes element) {
    int length = element.length();
    long hash = SEED ^ length * MULTIPLIER;
    int at = 0;
    for (; at <= length - Long.BYTES; at += Long.BYTES) {
      long word = element.longAt(at) * MULTIPLIER;
      word ^= word >>> SHIFT;
      hash = (hash ^ word * MULTIPLIER) * MULTIPLIER;
    }
    if (at < length) {
      long rest = 0;
      for (int i = length - 1; i >= at; i--) {
        rest = rest << 8 | (element.at(i) & 0xff);
      }
      hash = (hash ^ rest) * MULTIPLIER;
    }
    hash = (hash ^ hash >>> SHIFT) * MULTIPLIER;
    return hash ^ hash >>> SHIFT;
  }

  /// The register a hash counts in.
  static int register(long hash) {
    return (int) hash & Registers.COUNT - 1;
  }

  /// What it counts there: the length of the run of zeros in the rest of the hash, and one.
  static int value(long hash) {
    long rest = (hash >>> Registers.INDEX_BITS) | (1L << (Registers.VALUE_MAX - 1));
    return Long.numberOfTrailingZeros(rest) + 1;
  }
}
