package io.karst.bench.load;

import java.util.SplittableRandom;

/// Spreads ranks over the numbers of the keys by a hash, so that the keys that are asked for most
/// are not neighbours. As in YCSB some numbers get several ranks and some none.
record Scrambled(KeyChoice ranks, int keys) implements KeyChoice {
  @Override
  public int next(SplittableRandom random) {
    return (int) ((mix(ranks.next(random)) >>> 1) % keys);
  }

  /// MurmurHash3's finalizer: a bijection of 64 bits.
  static long mix(long value) {
    long h = value + 0x9E3779B97F4A7C15L;
    h = (h ^ (h >>> 33)) * 0xFF51AFD7ED558CCDL;
    h = (h ^ (h >>> 33)) * 0xC4CEB9FE1A85EC53L;
    return h ^ (h >>> 33);
  }
}
