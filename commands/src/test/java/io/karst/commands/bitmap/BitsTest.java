package io.karst.commands.bitmap;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.base.Bytes;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BitsTest {
  @Test
  void countsAndFindsWhatALoopOverBitsDoes() {
    long seed = Long.getLong("seed", 20_261_122L);
    System.out.println("BitsTest seed " + seed);
    Random random = new Random(seed);
    for (int i = 0; i < 5000; i++) {
      Bytes string = string(random);
      int bits = string.length() * 8;
      int from = random.nextInt(bits);
      int to = from + random.nextInt(bits - from);
      assertThat(Bits.count(string, from, to)).isEqualTo(count(string, from, to));
      assertThat(Bits.find(string, true, from, to)).isEqualTo(find(string, true, from, to));
      assertThat(Bits.find(string, false, from, to)).isEqualTo(find(string, false, from, to));
    }
  }

  /// Up to 40 bytes, mostly all zeros or all ones.
  private static Bytes string(Random random) {
    byte[] bytes = new byte[1 + random.nextInt(40)];
    byte filling = (byte) (random.nextBoolean() ? 0 : -1);
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = random.nextInt(20) == 0 ? (byte) random.nextInt() : filling;
    }
    return Bytes.of(bytes);
  }

  private static long count(Bytes string, int from, int to) {
    long count = 0;
    for (int bit = from; bit <= to; bit++) {
      count += isSet(string, bit) ? 1 : 0;
    }
    return count;
  }

  private static long find(Bytes string, boolean one, int from, int to) {
    for (int bit = from; bit <= to; bit++) {
      if (isSet(string, bit) == one) {
        return bit;
      }
    }
    return Bits.NONE;
  }

  private static boolean isSet(Bytes string, int bit) {
    return (string.at(bit >> 3) & 0x80 >> (bit & 7)) != 0;
  }
}
