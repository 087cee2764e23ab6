package io.karst.bench.load;

import java.util.SplittableRandom;

/// Keys and values that a load is about: both can be told from the number of a key, so that every
/// reply can be checked.
///
/// A key is `key:` and twelve digits, as `redis-benchmark` has them. A value begins with its key,
/// and goes on with letters and digits at random, of which no compressor makes much; how long it
/// is depends on the key alone, so that it stays when it is written anew.
///
/// - `keys`: how many; their numbers begin with 0.
/// - `sizeMin`, `sizeMax`: of the values, in bytes; at least [#KEY_SIZE].
public record Dataset(int keys, int sizeMin, int sizeMax) {
  public static final int KEY_SIZE = 16;

  static final int PREFIX_SIZE = 4;

  private static final byte[] PREFIX = {'k', 'e', 'y', ':'};
  private static final int NOISE_SIZE = 1 << 20;
  private static final byte[] NOISE = noise();

  public Dataset {
    if (sizeMin < KEY_SIZE || sizeMax < sizeMin || sizeMax > NOISE_SIZE / 2) {
      throw new IllegalArgumentException("sizes of values: " + sizeMin + " to " + sizeMax);
    }
  }

  /// Writes a key to `out` from `at` on, [#KEY_SIZE] bytes.
  public static void key(int number, byte[] out, int at) {
    System.arraycopy(PREFIX, 0, out, at, PREFIX_SIZE);
    int rest = number;
    for (int i = at + KEY_SIZE - 1; i >= at + PREFIX_SIZE; i--) {
      out[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
  }

  /// Writes a value of a key to `out` from `at` on, and returns its size.
  ///
  /// - `random`: draws which value it is.
  public int value(int number, SplittableRandom random, byte[] out, int at) {
    int size = valueSize(number);
    int from = random.nextInt(NOISE_SIZE - sizeMax);
    key(number, out, at);
    System.arraycopy(NOISE, from, out, at + KEY_SIZE, size - KEY_SIZE);
    return size;
  }

  /// The size of the values of a key.
  public int valueSize(int number) {
    long mixed = Scrambled.mix(number) >>> 1;
    return sizeMin + (int) (mixed % (sizeMax - sizeMin + 1));
  }

  /// The bytes of all keys and values.
  public long bytes() {
    return (long) keys * (KEY_SIZE + (sizeMin + sizeMax) / 2);
  }

  private static byte[] noise() {
    String letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    SplittableRandom random = new SplittableRandom(1);
    byte[] noise = new byte[NOISE_SIZE];
    for (int i = 0; i < noise.length; i++) {
      noise[i] = (byte) letters.charAt(random.nextInt(letters.length()));
    }
    return noise;
  }
}
