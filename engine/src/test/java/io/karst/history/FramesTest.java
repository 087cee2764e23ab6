package io.karst.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.karst.base.Bytes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The effects of a transaction as an array of bytes, as docs/formats/wal.md §4 says them.
class FramesTest {
  private static final Bytes KEY = Bytes.utf8("key");
  private static final Bytes A = Bytes.utf8("a");

  private final long seed = Long.getLong("seed", System.nanoTime());
  private final Random random = new Random(seed);

  @Test
  void everyByteIsWhereItWas() {
    List<Effect> effects =
        List.of(
            new Effect.Set(3, KEY, A, -1),
            new Effect.Delete(300, KEY),
            new Effect.RemoveElement(3, KEY, A),
            new Effect.Flush(3, 4));
    byte[] bytes = new byte[(int) Frames.size(effects)];
    assertThat(Frames.write(effects, bytes, 0)).isEqualTo(bytes.length);
    assertThat(HexFormat.of().formatHex(bytes))
        .isEqualTo("0103036b65790161" + "06ac02036b6579" + "0b03036b65790161" + "070304");
  }

  @Test
  void whatIsWrittenIsReadAgain() {
    System.out.println("FramesTest seed " + seed);
    History history = new History();
    Set<Class<?>> kinds = new HashSet<>();
    for (int round = 0; round < 4_000; round++) {
      List<Effect> effects = new ArrayList<>();
      for (int i = random.nextInt(5); i >= 0; i--) {
        effects.add(history.effect(random, 300));
      }
      effects.forEach(effect -> kinds.add(effect.getClass()));
      int size = (int) Frames.size(effects);
      int from = random.nextInt(10);
      byte[] array = new byte[from + size + random.nextInt(10)];
      random.nextBytes(array);
      byte[] before = array.clone();
      assertThat(Frames.write(effects, array, from)).isEqualTo(from + size);
      assertThat(Frames.read(array, from, from + size)).isEqualTo(effects);
      assertThat(Arrays.copyOf(array, from)).isEqualTo(Arrays.copyOf(before, from));
      assertThat(Arrays.copyOfRange(array, from + size, array.length))
          .isEqualTo(Arrays.copyOfRange(before, from + size, array.length));
    }
    assertThat(kinds).containsExactlyInAnyOrderElementsOf(kinds(Effect.class));
  }

  /// All kinds of effects there are.
  private static List<Class<?>> kinds(Class<?> of) {
    return of.isInterface()
        ? Stream.of(of.getPermittedSubclasses()).flatMap(each -> kinds(each).stream()).toList()
        : List.of(of);
  }

  @Test
  void aPartOfAnEffectIsDamage() {
    List<Effect> effects = List.of(new Effect.PutElement(3, KEY, 1, A, A, 77));
    byte[] bytes = new byte[(int) Frames.size(effects)];
    Frames.write(effects, bytes, 0);
    for (int length = 1; length < bytes.length; length++) {
      int to = length;
      assertThatThrownBy(() -> Frames.read(bytes, 0, to)).isInstanceOf(DamagedLogException.class);
    }
    assertThat(Frames.read(bytes, 0, 0)).isEmpty();
    assertThatThrownBy(() -> Frames.read(new byte[] {0x7f, 0}, 0, 2))
        .isInstanceOf(DamagedLogException.class)
        .hasMessageContaining("there is no verb 127");
  }
}
