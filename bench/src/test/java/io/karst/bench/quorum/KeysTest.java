package io.karst.bench.quorum;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class KeysTest {
  private final SplittableRandom random = new SplittableRandom(1);

  @Test
  void allHaveTheSameSize() {
    Keys keys = Keys.of(10_000, 64);
    assertThat(keys.next(random)).hasSize(16).startsWith("key:");
    assertThat(keys.value()).hasSize(64);
  }

  @Test
  void inOrderAllComeOnce() {
    Keys keys = Keys.of(2, 1).inOrder();
    assertThat(keys.next(random)).isEqualTo("key:000000000000");
    assertThat(keys.next(random)).isEqualTo("key:000000000001");
  }
}
