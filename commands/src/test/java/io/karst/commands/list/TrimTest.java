package io.karst.commands.list;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.commands.TestStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TrimTest {
  private static final String WRONG_TYPE =
      "!WRONGTYPE Operation against a key holding the wrong kind of value";

  private final TestStore store = new TestStore();

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void keepsARange() {
    store.line("RPUSH l a b c d e");
    assertThat(store.line("LTRIM l 1 -2")).isEqualTo("OK");
    assertThat(store.line("LRANGE l 0 -1")).isEqualTo("[b, c, d]");
    assertThat(store.line("LTRIM l 0 100")).isEqualTo("OK");
    assertThat(store.line("LRANGE l 0 -1")).isEqualTo("[b, c, d]");
    assertThat(store.line("LTRIM l -1 -1")).isEqualTo("OK");
    assertThat(store.line("LRANGE l 0 -1")).isEqualTo("[d]");
  }

  @Test
  void removesTheKeyIfNothingIsLeft() {
    store.line("RPUSH l a b");
    assertThat(store.line("LTRIM l 5 9")).isEqualTo("OK");
    assertThat(store.line("EXISTS l")).isEqualTo("0");
    assertThat(store.line("LTRIM l 0 1")).isEqualTo("OK");
    assertThat(store.line("EXISTS l")).isEqualTo("0");
  }

  @Test
  void looksAtTheIndicesFirst() {
    store.line("SET s x");
    assertThat(store.line("LTRIM s x 0")).isEqualTo("!ERR value is not an integer or out of range");
    assertThat(store.line("LTRIM s 0 1")).isEqualTo(WRONG_TYPE);
  }
}
