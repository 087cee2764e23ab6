package io.karst.commands.list;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.commands.TestStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class IndexTest {
  private static final String WRONG_TYPE =
      "!WRONGTYPE Operation against a key holding the wrong kind of value";

  private final TestStore store = new TestStore();

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void findsFromEitherEnd() {
    store.line("RPUSH l a b c");
    assertThat(store.line("LINDEX l 0")).isEqualTo("a");
    assertThat(store.line("LINDEX l 2")).isEqualTo("c");
    assertThat(store.line("LINDEX l -1")).isEqualTo("c");
    assertThat(store.line("LINDEX l -3")).isEqualTo("a");
  }

  @Test
  void isNilOutside() {
    store.line("RPUSH l a");
    assertThat(store.line("LINDEX l 1")).isEqualTo("nil");
    assertThat(store.line("LINDEX l -2")).isEqualTo("nil");
    assertThat(store.line("LINDEX none 0")).isEqualTo("nil");
    assertThat(store.line("LINDEX l 9223372036854775807")).isEqualTo("nil");
    assertThat(store.line("LINDEX l -9223372036854775808")).isEqualTo("nil");
  }

  @Test
  void refusesWhatIsNoIndex() {
    store.line("RPUSH l a");
    assertThat(store.line("LINDEX l x")).isEqualTo("!ERR value is not an integer or out of range");
    assertThat(store.line("LINDEX none x")).isEqualTo("nil");
  }

  @Test
  void refusesAnotherType() {
    store.line("SET s x");
    assertThat(store.line("LINDEX s 0")).isEqualTo(WRONG_TYPE);
    assertThat(store.line("LLEN s")).isEqualTo(WRONG_TYPE);
  }

  @Test
  void tellsTheLength() {
    assertThat(store.line("LLEN l")).isEqualTo("0");
    store.line("RPUSH l a b");
    assertThat(store.line("LLEN l")).isEqualTo("2");
  }
}
