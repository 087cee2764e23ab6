package io.karst.server.tools;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.base.Bytes;
import org.junit.jupiter.api.Test;

final class SeenKeysTest {
  @Test
  void aKeyIsNewOnce() {
    SeenKeys seen = new SeenKeys();
    for (int i = 0; i < 100_000; i++) {
      assertThat(seen.add(Bytes.utf8("key:" + i))).isTrue();
      assertThat(seen.add(Bytes.utf8("key:" + i / 2))).isFalse();
    }
    assertThat(seen.add(Bytes.EMPTY)).isTrue();
    assertThat(seen.add(Bytes.EMPTY)).isFalse();
  }
}
