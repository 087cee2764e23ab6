package io.karst.base;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RoughOrderTest {
  @Test
  void keysThatDifferSoonBehindWhatAllBeginWithAreInOrder() {
    long seed = Long.getLong("seed", System.nanoTime());
    System.out.println("RoughOrderTest -Dseed=" + seed);
    Random random = new Random(seed);
    List<Bytes> keys = new ArrayList<>();
    for (int i = 0; i < 5000; i++) {
      keys.add(Bytes.of("user:{session}:%05d".formatted(random.nextInt(100_000)).getBytes(UTF_8)));
    }
    List<Bytes> ordered = ordered(keys);
    assertThat(ordered).isSorted().containsExactlyInAnyOrderElementsOf(keys);
  }

  @Test
  void aByteIsANumberWithoutASign() {
    List<Bytes> keys = List.of(bytes(0x80), bytes(0x7f), bytes(0xff), bytes(1));
    assertThat(ordered(keys)).containsExactly(bytes(1), bytes(0x7f), bytes(0x80), bytes(0xff));
  }

  @Test
  void equalKeysKeepTheirOrder() {
    Bytes key = Bytes.of("the same, and longer than a word".getBytes(UTF_8));
    assertThat(RoughOrder.of(List.of(key, key, key))).containsExactly(0, 1, 2);
    assertThat(RoughOrder.of(List.of())).isEmpty();
  }

  private static List<Bytes> ordered(List<Bytes> keys) {
    return IntStream.of(RoughOrder.of(keys)).mapToObj(keys::get).toList();
  }

  private static Bytes bytes(int... values) {
    byte[] array = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      array[i] = (byte) values[i];
    }
    return Bytes.of(array);
  }
}
