package io.karst.commands.list;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.commands.TestStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SetTest {
  private static final String WRONG_TYPE =
      "!WRONGTYPE Operation against a key holding the wrong kind of value";

  private final TestStore store = new TestStore();

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void replaces() {
    store.line("RPUSH l a b c");
    assertThat(store.line("LSET l 1 x")).isEqualTo("OK");
    assertThat(store.line("LSET l -1 7")).isEqualTo("OK");
    assertThat(store.line("LRANGE l 0 -1")).isEqualTo("[a, x, 7]");
  }

  @Test
  void refusesWhatIsOutside() {
    assertThat(store.line("LSET none 0 x")).isEqualTo("!ERR no such key");
    assertThat(store.line("LSET none x x")).isEqualTo("!ERR no such key");
    store.line("RPUSH l a");
    assertThat(store.line("LSET l 1 x")).isEqualTo("!ERR index out of range");
    assertThat(store.line("LSET l -2 x")).isEqualTo("!ERR index out of range");
    assertThat(store.line("LSET l x x")).isEqualTo("!ERR value is not an integer or out of range");
    assertThat(store.line("LRANGE l 0 -1")).isEqualTo("[a]");
  }

  @Test
  void refusesAnotherType() {
    store.line("SET s x");
    assertThat(store.line("LSET s 0 a")).isEqualTo(WRONG_TYPE);
  }
}
