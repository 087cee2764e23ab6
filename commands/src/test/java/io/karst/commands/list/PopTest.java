package io.karst.commands.list;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.commands.TestStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PopTest {
  private static final String WRONG_TYPE =
      "!WRONGTYPE Operation against a key holding the wrong kind of value";

  private final TestStore store = new TestStore();

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void takesTheOutermost() {
    store.line("RPUSH l a b c");
    assertThat(store.line("LPOP l")).isEqualTo("a");
    assertThat(store.line("RPOP l")).isEqualTo("c");
    assertThat(store.line("LRANGE l 0 -1")).isEqualTo("[b]");
  }

  @Test
  void takesTheKeyWithTheLast() {
    store.line("RPUSH l a");
    assertThat(store.line("LPOP l")).isEqualTo("a");
    assertThat(store.line("EXISTS l")).isEqualTo("0");
    assertThat(store.line("LPOP l")).isEqualTo("nil");
    assertThat(store.line("RPOP l")).isEqualTo("nil");
  }

  @Test
  void takesSome() {
    store.line("RPUSH l a b c d e");
    assertThat(store.line("LPOP l 2")).isEqualTo("[a, b]");
    assertThat(store.line("RPOP l 2")).isEqualTo("[e, d]");
    assertThat(store.line("LPOP l 5")).isEqualTo("[c]");
    assertThat(store.line("EXISTS l")).isEqualTo("0");
  }

  @Test
  void takesNone() {
    store.line("RPUSH l a");
    assertThat(store.line("LPOP l 0")).isEqualTo("[]");
    assertThat(store.line("LPOP none 0")).isEqualTo("nil");
    assertThat(store.line("LPOP none 1")).isEqualTo("nil");
  }

  @Test
  void refusesACountThatIsNone() {
    store.line("RPUSH l a");
    assertThat(store.line("LPOP l -1")).isEqualTo("!ERR value is out of range, must be positive");
    assertThat(store.line("RPOP l x")).isEqualTo("!ERR value is out of range, must be positive");
    assertThat(store.line("LPOP l 1 2"))
        .isEqualTo("!ERR wrong number of arguments for 'lpop' command");
    assertThat(store.line("RPOP l 1 2"))
        .isEqualTo("!ERR wrong number of arguments for 'rpop' command");
    assertThat(store.line("LLEN l")).isEqualTo("1");
  }

  @Test
  void refusesAnotherType() {
    store.line("SET s x");
    assertThat(store.line("LPOP s")).isEqualTo(WRONG_TYPE);
    assertThat(store.line("RPOP s 1")).isEqualTo(WRONG_TYPE);
  }
}
