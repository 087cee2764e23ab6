package io.karst.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.base.Bytes;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class HasherTest {
  private final Hasher hasher = new Hasher(0x0706050403020100L, 0x0f0e0d0c0b0a0908L);

  /// The key and the messages of the SipHash paper's vectors, for one and three rounds: the values
  /// CPython's `siphash13` gives.
  @Test
  void isSipHashOneThree() {
    long[] expected = new long[20];
    for (int length = 0; length < expected.length; length++) {
      expected[length] = reference(message(length).toArray());
      assertThat(hasher.hash(message(length))).as("length %d", length).isEqualTo(expected[length]);
    }
    assertThat(hasher.hash(message(0))).isEqualTo(0xabac0158050fc4dcL);
    assertThat(hasher.hash(message(1))).isEqualTo(0xc9f49bf37d57ca93L);
  }

  @Test
  void everyInputBitChangesHalfOfTheOutputBits() {
    byte[] message = message(16).toArray();
    long base = hasher.hash(Bytes.of(message));
    int changed = 0;
    for (int bit = 0; bit < 128; bit++) {
      byte[] other = message.clone();
      other[bit >> 3] ^= (byte) (1 << (bit & 7));
      changed += Long.bitCount(base ^ hasher.hash(Bytes.of(other)));
    }
    assertThat(changed / 128.0).isBetween(29.0, 35.0);
  }

  /// Elements in the order of one table must not be in that of another, or what is copied into one
  /// that grows crowds at its beginning.
  @Test
  void eachKeyHasAnOrderOfItsOwn() {
    Hasher one = hasher.of(message(3));
    Hasher other = hasher.of(message(4));
    assertThat(one.hash(message(9))).isEqualTo(hasher.of(message(3)).hash(message(9)));
    assertThat(one.hash(message(9))).isEqualTo(one.ofPlain(hasher.hash(message(9))));
    int[] sixteenths = new int[16];
    int count = 0;
    for (int i = 0; i < 64_000; i++) {
      Bytes element = Bytes.of(("element " + i).getBytes(StandardCharsets.US_ASCII));
      if (one.hash(element) >>> 60 == 0) { // Those that the first would show first.
        sixteenths[(int) (other.hash(element) >>> 60)]++;
        count++;
      }
    }
    for (int each : sixteenths) {
      assertThat(each).isBetween(count / 16 - 100, count / 16 + 100);
    }
  }

  private static Bytes message(int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) i;
    }
    return Bytes.of(bytes);
  }

  /// The algorithm as the paper writes it, round by round.
  private static long reference(byte[] in) {
    long[] v = {
      0x0706050403020100L ^ 0x736f6d6570736575L,
      0x0f0e0d0c0b0a0908L ^ 0x646f72616e646f6dL,
      0x0706050403020100L ^ 0x6c7967656e657261L,
      0x0f0e0d0c0b0a0908L ^ 0x7465646279746573L
    };
    int full = in.length / 8;
    for (int i = 0; i <= full; i++) {
      long m = i == full ? (long) in.length << 56 : 0;
      for (int j = 0; j < 8 && i * 8 + j < in.length; j++) {
        m |= (in[i * 8 + j] & 0xffL) << (8 * j);
      }
      v[3] ^= m;
      round(v);
      v[0] ^= m;
    }
    v[2] ^= 0xff;
    round(v);
    round(v);
    round(v);
    return v[0] ^ v[1] ^ v[2] ^ v[3];
  }

  private static void round(long[] v) {
    v[0] += v[1];
    v[1] = Long.rotateLeft(v[1], 13) ^ v[0];
    v[0] = Long.rotateLeft(v[0], 32);
    v[2] += v[3];
    v[3] = Long.rotateLeft(v[3], 16) ^ v[2];
    v[0] += v[3];
    v[3] = Long.rotateLeft(v[3], 21) ^ v[0];
    v[2] += v[1];
    v[1] = Long.rotateLeft(v[1], 17) ^ v[2];
    v[2] = Long.rotateLeft(v[2], 32);
  }
}
