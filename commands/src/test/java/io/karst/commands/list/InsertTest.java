package io.karst.commands.list;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.commands.TestStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class InsertTest {
  private static final String WRONG_TYPE =
      "!WRONGTYPE Operation against a key holding the wrong kind of value";

  private final TestStore store = new TestStore();

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void insertsAtTheFirstOfEqualOnes() {
    store.line("RPUSH l a b a");
    assertThat(store.line("LINSERT l BEFORE a 1")).isEqualTo("4");
    assertThat(store.line("LINSERT l after a 2")).isEqualTo("5");
    assertThat(store.line("LRANGE l 0 -1")).isEqualTo("[1, a, 2, b, a]");
    assertThat(store.line("LINSERT l AFTER b 3")).isEqualTo("6");
    assertThat(store.line("LRANGE l 0 -1")).isEqualTo("[1, a, 2, b, 3, a]");
  }

  @Test
  void insertsBehindTheLast() {
    store.line("RPUSH l a b");
    assertThat(store.line("LINSERT l AFTER b c")).isEqualTo("3");
    assertThat(store.line("LRANGE l 0 -1")).isEqualTo("[a, b, c]");
  }

  @Test
  void wantsAPivot() {
    assertThat(store.line("LINSERT none BEFORE a b")).isEqualTo("0");
    store.line("RPUSH l a");
    assertThat(store.line("LINSERT l BEFORE x b")).isEqualTo("-1");
    assertThat(store.line("LINSERT l AT a b")).isEqualTo("!ERR syntax error");
  }

  @Test
  void refusesAnotherType() {
    store.line("SET s x");
    assertThat(store.line("LINSERT s BEFORE a b")).isEqualTo(WRONG_TYPE);
    assertThat(store.line("LINSERT s AT a b")).isEqualTo("!ERR syntax error");
  }
}
