package io.karst.commands.list;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.commands.TestStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MoveTest {
  private static final String WRONG_TYPE =
      "!WRONGTYPE Operation against a key holding the wrong kind of value";

  private final TestStore store = new TestStore();

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void movesBetweenEnds() {
    store.line("RPUSH a 1 2 3 4");
    assertThat(store.line("LMOVE a b LEFT LEFT")).isEqualTo("1");
    assertThat(store.line("LMOVE a b LEFT RIGHT")).isEqualTo("2");
    assertThat(store.line("LMOVE a b RIGHT LEFT")).isEqualTo("4");
    assertThat(store.line("LRANGE b 0 -1")).isEqualTo("[4, 1, 2]");
    assertThat(store.line("LMOVE a b right right")).isEqualTo("3");
    assertThat(store.line("EXISTS a")).isEqualTo("0");
    assertThat(store.line("LRANGE b 0 -1")).isEqualTo("[4, 1, 2, 3]");
  }

  @Test
  void turnsAListRound() {
    store.line("RPUSH a 1 2 3");
    assertThat(store.line("LMOVE a a LEFT RIGHT")).isEqualTo("1");
    assertThat(store.line("LRANGE a 0 -1")).isEqualTo("[2, 3, 1]");
    assertThat(store.line("RPOPLPUSH a a")).isEqualTo("1");
    assertThat(store.line("LRANGE a 0 -1")).isEqualTo("[1, 2, 3]");
    assertThat(store.line("LMOVE a a LEFT LEFT")).isEqualTo("1");
    assertThat(store.line("LRANGE a 0 -1")).isEqualTo("[1, 2, 3]");
    store.line("RPUSH one x");
    assertThat(store.line("RPOPLPUSH one one")).isEqualTo("x");
    assertThat(store.line("LRANGE one 0 -1")).isEqualTo("[x]");
  }

  @Test
  void isNilWithoutASource() {
    store.line("SET s x");
    assertThat(store.line("LMOVE none s LEFT LEFT")).isEqualTo("nil");
    assertThat(store.line("RPOPLPUSH none b")).isEqualTo("nil");
    assertThat(store.line("EXISTS b")).isEqualTo("0");
  }

  @Test
  void refusesAnotherType() {
    store.line("SET s x");
    store.line("RPUSH a 1");
    assertThat(store.line("LMOVE s a LEFT LEFT")).isEqualTo(WRONG_TYPE);
    assertThat(store.line("LMOVE a s LEFT LEFT")).isEqualTo(WRONG_TYPE);
    assertThat(store.line("RPOPLPUSH a s")).isEqualTo(WRONG_TYPE);
    assertThat(store.line("LRANGE a 0 -1")).isEqualTo("[1]");
  }

  @Test
  void refusesWhatIsNoEnd() {
    assertThat(store.line("LMOVE a b UP LEFT")).isEqualTo("!ERR syntax error");
    assertThat(store.line("LMOVE a b LEFT UP")).isEqualTo("!ERR syntax error");
    assertThat(store.line("BLMOVE a b LEFT UP 0")).isEqualTo("!ERR syntax error");
  }

  @Test
  void movesAtOnceWhatIsThere() {
    store.line("RPUSH a 1 2");
    assertThat(store.line("BLMOVE a b LEFT RIGHT 0")).isEqualTo("1");
    assertThat(store.line("BRPOPLPUSH a b 0")).isEqualTo("2");
    assertThat(store.line("LRANGE b 0 -1")).isEqualTo("[2, 1]");
    assertThat(store.line("BLMOVE a b LEFT LEFT x"))
        .isEqualTo("!ERR timeout is not a float or out of range");
  }
}
