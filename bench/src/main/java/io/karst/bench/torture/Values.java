package io.karst.bench.torture;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/// Values of all sizes, of all bytes, that nobody takes for another: they begin with the number of
/// the request that made them.
final class Values {
  private static final int NOISE_SIZE = 4 << 20;
  private static final String NOISE = noise();

  private Values() {}

  /// A value of mostly some hundred bytes, rarely up to a megabyte.
  static String next(long number, RandomGenerator random) {
    return number + ":" + bytes(size(random), random);
  }

  /// Bytes of no meaning.
  static String bytes(int size, RandomGenerator random) {
    int from = random.nextInt(NOISE_SIZE - size);
    return NOISE.substring(from, from + size);
  }

  private static int size(RandomGenerator random) {
    int kind = random.nextInt(1000);
    if (kind < 700) {
      return random.nextInt(200);
    }
    if (kind < 950) {
      return random.nextInt(4 << 10);
    }
    return kind < 999 ? random.nextInt(16 << 10) : random.nextInt(1 << 20);
  }

  private static String noise() {
    SplittableRandom random = new SplittableRandom(1);
    StringBuilder noise = new StringBuilder(NOISE_SIZE);
    for (int i = 0; i < NOISE_SIZE; i++) {
      noise.append((char) random.nextInt(256));
    }
    return noise.toString();
  }
}
