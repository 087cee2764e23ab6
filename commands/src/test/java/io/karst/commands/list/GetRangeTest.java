package io.karst.commands.list;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.commands.TestStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GetRangeTest {
  private static final String WRONG_TYPE =
      "!WRONGTYPE Operation against a key holding the wrong kind of value";

  private final TestStore store = new TestStore();

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void cutsAtTheEnds() {
    store.line("RPUSH l a b c d");
    assertThat(store.line("LRANGE l 1 2")).isEqualTo("[b, c]");
    assertThat(store.line("LRANGE l -2 -1")).isEqualTo("[c, d]");
    assertThat(store.line("LRANGE l -100 100")).isEqualTo("[a, b, c, d]");
    assertThat(store.line("LRANGE l 2 1")).isEqualTo("[]");
    assertThat(store.line("LRANGE l 4 9")).isEqualTo("[]");
    assertThat(store.line("LRANGE l 0 9223372036854775807")).isEqualTo("[a, b, c, d]");
    assertThat(store.line("LRANGE l -9223372036854775808 0")).isEqualTo("[a]");
  }

  @Test
  void isEmptyWithoutAList() {
    assertThat(store.line("LRANGE none 0 -1")).isEqualTo("[]");
  }

  @Test
  void looksAtTheIndicesFirst() {
    store.line("SET s x");
    assertThat(store.line("LRANGE s x 0"))
        .isEqualTo("!ERR value is not an integer or out of range");
    assertThat(store.line("LRANGE s 0 1")).isEqualTo(WRONG_TYPE);
  }
}
