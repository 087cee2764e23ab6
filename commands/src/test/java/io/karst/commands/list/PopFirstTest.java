package io.karst.commands.list;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.commands.TestStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PopFirstTest {
  private static final String WRONG_TYPE =
      "!WRONGTYPE Operation against a key holding the wrong kind of value";

  private final TestStore store = new TestStore();

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void takesOfTheFirstThatHasAny() {
    store.line("RPUSH b 1 2 3");
    store.line("RPUSH c 4");
    assertThat(store.line("LMPOP 3 a b c LEFT")).isEqualTo("[b, [1]]");
    assertThat(store.line("LMPOP 3 a b c RIGHT COUNT 5")).isEqualTo("[b, [3, 2]]");
    assertThat(store.line("LMPOP 3 a b c LEFT")).isEqualTo("[c, [4]]");
    assertThat(store.line("LMPOP 3 a b c LEFT")).isEqualTo("nil");
  }

  @Test
  void refusesWhatItDoesNotUnderstand() {
    assertThat(store.line("LMPOP 0 a LEFT")).isEqualTo("!ERR numkeys should be greater than 0");
    assertThat(store.line("LMPOP x a LEFT")).isEqualTo("!ERR numkeys should be greater than 0");
    assertThat(store.line("LMPOP 2 a LEFT")).isEqualTo("!ERR syntax error");
    assertThat(store.line("LMPOP 1 a UP")).isEqualTo("!ERR syntax error");
    assertThat(store.line("LMPOP 1 a LEFT COUNT 0"))
        .isEqualTo("!ERR count should be greater than 0");
    assertThat(store.line("LMPOP 1 a LEFT COUNT")).isEqualTo("!ERR syntax error");
    assertThat(store.line("LMPOP 1 a LEFT COUNT 1 COUNT 2")).isEqualTo("!ERR syntax error");
    assertThat(store.line("LMPOP 9223372036854775807 a LEFT")).isEqualTo("!ERR syntax error");
  }

  @Test
  void refusesAnotherType() {
    store.line("SET s x");
    store.line("RPUSH l a");
    assertThat(store.line("LMPOP 2 s l LEFT")).isEqualTo(WRONG_TYPE);
    assertThat(store.line("LMPOP 2 l s LEFT")).isEqualTo("[l, [a]]");
  }

  @Test
  void takesAtOnceWhatIsThere() {
    store.line("RPUSH l a b");
    assertThat(store.line("BLMPOP 0 2 none l RIGHT COUNT 2")).isEqualTo("[l, [b, a]]");
    assertThat(store.line("BLMPOP -1 1 l LEFT")).isEqualTo("!ERR timeout is negative");
  }
}
