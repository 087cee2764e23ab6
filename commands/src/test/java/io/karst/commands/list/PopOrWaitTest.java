package io.karst.commands.list;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.commands.Reply;
import io.karst.commands.TestStore;
import io.karst.value.ValueType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PopOrWaitTest {
  private static final String WRONG_TYPE =
      "!WRONGTYPE Operation against a key holding the wrong kind of value";

  private final TestStore store = new TestStore();

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void takesAtOnceWhatIsThere() {
    store.line("RPUSH b 1 2 3");
    assertThat(store.line("BLPOP a b 0")).isEqualTo("[b, 1]");
    assertThat(store.line("BRPOP a b 0.5")).isEqualTo("[b, 3]");
  }

  @Test
  void looksAtTheTimeoutFirst() {
    store.line("SET s x");
    assertThat(store.line("BLPOP s x")).isEqualTo("!ERR timeout is not a float or out of range");
    assertThat(store.line("BLPOP s -1")).isEqualTo("!ERR timeout is negative");
    assertThat(store.line("BLPOP s 0")).isEqualTo(WRONG_TYPE);
    assertThat(store.line("BRPOP s 1e300")).isEqualTo("!ERR timeout is out of range");
  }

  @Test
  void waitsForAList() {
    assertThat(store.run("BLPOP", "a", "b", "2"))
        .isEqualTo(new Reply.Blocked(TestStore.START + 2000, Reply.NIL_ARRAY, ValueType.LIST));
    assertThat(store.run("BLMOVE", "a", "b", "LEFT", "LEFT", "0"))
        .isEqualTo(
            new Reply.Blocked(Reply.Blocked.FOREVER, Reply.NIL_ARRAY, ValueType.LIST).forFirst());
    assertThat(store.run("BLMPOP", "0", "1", "a", "LEFT"))
        .isEqualTo(new Reply.Blocked(Reply.Blocked.FOREVER, Reply.NIL_ARRAY, ValueType.LIST));
  }

  @Test
  void waitsForEnough() {
    store.line("RPUSH a 1");
    assertThat(store.run("BLMOVEM", "a", "b", "LEFT", "LEFT", "0", "EXACTLY", "2", "BULK"))
        .isEqualTo(
            new Reply.Blocked(Reply.Blocked.FOREVER, Reply.NIL_ARRAY, ValueType.LIST).forFirst());
    assertThat(store.line("BLMOVEM a b LEFT LEFT 0 COUNT 2 BULK")).isEqualTo("[1]");
  }
}
