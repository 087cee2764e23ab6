package io.karst.commands.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.commands.TestStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AutoClaimTest {
  private final TestStore store = new TestStore();

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void takesSomeAndSaysWhereToGoOn() {
    for (int i = 1; i <= 4; i++) {
      store.line("XADD s " + i + "-1 a " + i);
    }
    store.line("XGROUP CREATE s g 0");
    store.line("XREADGROUP GROUP g c STREAMS s >");
    store.advance(100);
    store.line("XDEL s 2-1");
    assertThat(store.line("XAUTOCLAIM s g d 50 - COUNT 2"))
        .isEqualTo("[3-1, [[1-1, [a, 1]]], [2-1]]");
    assertThat(store.line("XAUTOCLAIM s g d 50 3-1 JUSTID")).isEqualTo("[0-0, [3-1, 4-1], []]");
    assertThat(store.line("XAUTOCLAIM s g d 50 -")).isEqualTo("[0-0, [], []]");
    assertThat(store.line("XPENDING s g - + 9"))
        .isEqualTo("[[1-1, d, 0, 2], [3-1, d, 0, 1], [4-1, d, 0, 1]]");
    assertThat(store.line("XAUTOCLAIM s g d 50 - COUNT 0")).isEqualTo("!ERR COUNT must be > 0");
    assertThat(store.line("XAUTOCLAIM s g d x -"))
        .isEqualTo("!ERR Invalid min-idle-time argument for XAUTOCLAIM");
  }
}
