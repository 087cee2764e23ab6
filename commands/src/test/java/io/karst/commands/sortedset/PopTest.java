package io.karst.commands.sortedset;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.commands.Reply;
import io.karst.commands.TestStore;
import io.karst.value.ValueType;
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

  private void holds(String line, String reply) {
    assertThat(store.line(line)).as(line).isEqualTo(reply);
  }

  @Test
  void takesTheLowestOrHighest() {
    store.line("ZADD z 1 a 2 b 3 c 4 d");
    holds("ZPOPMIN z", "[a, 1]");
    holds("ZPOPMAX z 2", "[d, 4, c, 3]");
    holds("ZPOPMIN z 9", "[b, 2]");
    holds("EXISTS z", "0");
    holds("ZPOPMIN z", "[]");
  }

  @Test
  void takesOutOfATable() {
    for (int i = 0; i < 200; i++) {
      store.line("ZADD z " + i + " m" + i);
    }
    for (int i = 0; i < 190; i++) {
      holds("ZPOPMIN z", "[m" + i + ", " + i + "]");
    }
    holds("ZCARD z", "10");
  }

  @Test
  void refusesWhatIsNoCount() {
    store.line("ZADD z 1 a");
    holds("ZPOPMIN z -1", "!ERR value is out of range, must be positive");
    holds("ZPOPMIN z x", "!ERR value is out of range, must be positive");
    holds("ZPOPMIN z 1 1", "!ERR syntax error");
    holds("ZPOPMIN z 0", "[]");
  }

  @Test
  void takesOfTheFirstThatHasAny() {
    store.line("ZADD z 1 a 2 b 3 c");
    holds("ZMPOP 2 none z MIN", "[z, [[a, 1.0]]]");
    holds("ZMPOP 1 z MAX COUNT 5", "[z, [[c, 3.0], [b, 2.0]]]");
    holds("ZMPOP 1 z MIN", "nil");
  }

  @Test
  void refusesWhatItDoesNotUnderstand() {
    holds("ZMPOP 0 z MIN", "!ERR numkeys should be greater than 0");
    holds("ZMPOP 1 z UP", "!ERR syntax error");
    holds("ZMPOP 1 z MIN COUNT 0", "!ERR count should be greater than 0");
  }

  @Test
  void refusesAnotherType() {
    store.line("SET s x");
    holds("ZPOPMIN s", WRONG_TYPE);
    holds("ZMPOP 1 s MIN", WRONG_TYPE);
    holds("BZPOPMIN s 0", WRONG_TYPE);
  }

  @Test
  void takesAtOnceWhatIsThere() {
    store.line("ZADD z 1 a 2 b 3 c");
    holds("BZPOPMIN none z 0", "[z, a, 1.0]");
    holds("BZPOPMAX z 0", "[z, c, 3.0]");
    holds("BZMPOP 0 1 z MIN", "[z, [[b, 2.0]]]");
  }

  @Test
  void looksAtTheTimeoutFirst() {
    store.line("SET s x");
    holds("BZPOPMIN s x", "!ERR timeout is not a float or out of range");
    holds("BZMPOP -1 1 s MIN", "!ERR timeout is negative");
  }

  @Test
  void waitsForASortedSet() {
    Reply forever = new Reply.Blocked(Reply.Blocked.FOREVER, Reply.NIL_ARRAY, ValueType.SORTED_SET);
    assertThat(store.run("BZPOPMIN", "a", "b", "0")).isEqualTo(forever);
    assertThat(store.run("BZPOPMAX", "a", "0")).isEqualTo(forever);
    assertThat(store.run("BZMPOP", "0", "1", "a", "MIN")).isEqualTo(forever);
  }
}
