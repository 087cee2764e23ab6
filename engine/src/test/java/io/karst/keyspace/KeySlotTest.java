package io.karst.keyspace;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.base.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class KeySlotTest {
  @Test
  void knownSlotsOfTheClusterSpecification() {
    assertThat(slot("foo")).isEqualTo(12182);
    assertThat(slot("123456789")).isEqualTo(0x31C3 & 16383);
    assertThat(slot("")).isZero();
    assertThat(slot("somekey")).isEqualTo(11058);
  }

  @Test
  void onlyTheFirstHashTagCounts() {
    assertThat(slot("{user1000}.following")).isEqualTo(slot("{user1000}.followers"));
    assertThat(slot("foo{{bar}}zap")).isEqualTo(slot("{bar"));
    assertThat(slot("foo{bar}{zap}")).isEqualTo(slot("bar"));
    assertThat(slot("foo{}{bar}")).isNotEqualTo(slot("bar"));
    assertThat(slot("foo{bar")).isNotEqualTo(slot("bar"));
  }

  @Test
  void eightBytesAStepAreTheSameAsBitByBit() {
    long seed = Long.getLong("seed", System.nanoTime());
    System.out.println("KeySlotTest seed " + seed);
    Random random = new Random(seed);
    for (int i = 0; i < 2_000; i++) {
      byte[] bytes = new byte[random.nextInt(70)];
      random.nextBytes(bytes);
      assertThat(KeySlot.crc16(bytes, 0, bytes.length)).isEqualTo(bitwise(bytes));
    }
  }

  private static int slot(String key) {
    return KeySlot.of(Bytes.of(key.getBytes(StandardCharsets.UTF_8)));
  }

  private static int bitwise(byte[] bytes) {
    int crc = 0;
    for (byte b : bytes) {
      crc ^= (b & 0xff) << 8;
      for (int bit = 0; bit < 8; bit++) {
        crc = (crc & 0x8000) != 0 ? (crc << 1 ^ 0x1021) & 0xffff : crc << 1;
      }
    }
    return crc;
  }
}
