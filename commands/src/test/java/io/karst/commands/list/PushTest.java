package io.karst.commands.list;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.commands.TestStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PushTest {
  private static final String WRONG_TYPE =
      "!WRONGTYPE Operation against a key holding the wrong kind of value";

  private final TestStore store = new TestStore();

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void addsAtTheEnds() {
    assertThat(store.line("RPUSH l b c")).isEqualTo("2");
    assertThat(store.line("LPUSH l a")).isEqualTo("3");
    assertThat(store.line("LRANGE l 0 -1")).isEqualTo("[a, b, c]");
  }

  @Test
  void addsOneAfterTheOther() {
    assertThat(store.line("LPUSH l 1 2 3")).isEqualTo("3");
    assertThat(store.line("LRANGE l 0 -1")).isEqualTo("[3, 2, 1]");
    assertThat(store.line("RPUSH l 4 5")).isEqualTo("5");
    assertThat(store.line("LRANGE l 0 -1")).isEqualTo("[3, 2, 1, 4, 5]");
  }

  @Test
  void addsOnlyToAListThatIsThere() {
    assertThat(store.line("LPUSHX l a")).isEqualTo("0");
    assertThat(store.line("RPUSHX l a")).isEqualTo("0");
    assertThat(store.line("EXISTS l")).isEqualTo("0");
    store.line("RPUSH l a");
    assertThat(store.line("LPUSHX l b c")).isEqualTo("3");
    assertThat(store.line("RPUSHX l d")).isEqualTo("4");
    assertThat(store.line("LRANGE l 0 -1")).isEqualTo("[c, b, a, d]");
  }

  @Test
  void refusesAnotherType() {
    store.line("SET s x");
    assertThat(store.line("LPUSH s a")).isEqualTo(WRONG_TYPE);
    assertThat(store.line("RPUSH s a")).isEqualTo(WRONG_TYPE);
    assertThat(store.line("LPUSHX s a")).isEqualTo(WRONG_TYPE);
    assertThat(store.line("RPUSHX s a")).isEqualTo(WRONG_TYPE);
    assertThat(store.line("GET s")).isEqualTo("x");
  }

  @Test
  void keepsTheExpiry() {
    store.line("RPUSH l a");
    store.line("PEXPIREAT l 1700000100000");
    store.line("RPUSH l b");
    assertThat(store.line("PEXPIRETIME l")).isEqualTo("1700000100000");
  }

  @Test
  void wantsAnElement() {
    assertThat(store.line("LPUSH l"))
        .isEqualTo("!ERR wrong number of arguments for 'lpush' command");
  }

  @Test
  void becomesNodesWhenItIsLarge() {
    String element = "x".repeat(1000);
    for (int i = 0; i < 9; i++) {
      store.show("RPUSH", "l", element);
    }
    assertThat(store.line("OBJECT ENCODING l")).isEqualTo("quicklist");
    store.line("RPOP l 4");
    assertThat(store.line("OBJECT ENCODING l")).isEqualTo("quicklist");
    store.line("RPOP l");
    assertThat(store.line("OBJECT ENCODING l")).isEqualTo("listpack");
    assertThat(store.line("LLEN l")).isEqualTo("4");
  }

  @Test
  void hasOneEffectForAllElements() {
    store.line("RPUSH l a b c");
    assertThat(store.takeEffects()).hasSize(1);
  }
}
