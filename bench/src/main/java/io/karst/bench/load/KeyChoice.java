package io.karst.bench.load;

import java.util.SplittableRandom;

/// Which key comes next. Thread-safe, as the randomness is its caller's.
@FunctionalInterface
public interface KeyChoice {
  /// A number from 0 to the number of keys, exclusive.
  int next(SplittableRandom random);

  /// Every key as often as every other.
  static KeyChoice uniform(int keys) {
    return random -> random.nextInt(keys);
  }

  /// As YCSB chooses by default: few keys very often, and those spread over all numbers.
  static KeyChoice scrambledZipfian(int keys) {
    return new Scrambled(new Zipfian(keys, Zipfian.YCSB_THETA), keys);
  }
}
