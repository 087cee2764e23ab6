package io.karst.value;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class Crc64Test {
  private static final long SEED = Long.getLong("seed", 20_261_122);

  @Test
  void knownAnswers() {
    assertThat(of("")).isZero();
    assertThat(of("123456789")).isEqualTo(0xe9c6d914c4b8d9caL);
    assertThat(of("Jones's polynomial, eight bytes a step"))
        .isEqualTo(bitByBit(bytes("Jones's polynomial, eight bytes a step")));
  }

  @Test
  void anyOffsetAndLengthGivesWhatBitByBitGives() {
    System.out.println("seed " + SEED);
    Random random = new Random(SEED);
    byte[] array = new byte[300];
    random.nextBytes(array);
    for (int offset = 0; offset < 9; offset++) {
      for (int length = 0; length < 100; length++) {
        byte[] part = new byte[length];
        System.arraycopy(array, offset, part, 0, length);
        assertThat(Crc64.of(array, offset, length)).isEqualTo(bitByBit(part));
      }
    }
  }

  private static long of(String text) {
    byte[] bytes = bytes(text);
    return Crc64.of(bytes, 0, bytes.length);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /// The definition: the message as a polynomial, divided bit by bit.
  private static long bitByBit(byte[] message) {
    long polynomial = 0xad93d23594c935a9L;
    long remainder = 0;
    for (byte b : message) {
      for (int bit = 0; bit < 8; bit++) {
        boolean carry = remainder < 0 ^ (b >>> bit & 1) != 0;
        remainder = carry ? (remainder << 1) ^ polynomial : remainder << 1;
      }
    }
    return Long.reverse(remainder);
  }
}
