package io.karst.commands.list;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.commands.TestStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PositionTest {
  private static final String WRONG_TYPE =
      "!WRONGTYPE Operation against a key holding the wrong kind of value";

  private final TestStore store = new TestStore();

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void findsTheFirst() {
    store.line("RPUSH l a b c 1 2 3 c c");
    assertThat(store.line("LPOS l a")).isEqualTo("0");
    assertThat(store.line("LPOS l c")).isEqualTo("2");
    assertThat(store.line("LPOS l 3")).isEqualTo("5");
    assertThat(store.line("LPOS l x")).isEqualTo("nil");
    assertThat(store.line("LPOS none x")).isEqualTo("nil");
  }

  @Test
  void findsSome() {
    store.line("RPUSH l a b c 1 2 3 c c");
    assertThat(store.line("LPOS l c COUNT 0")).isEqualTo("[2, 6, 7]");
    assertThat(store.line("LPOS l c COUNT 2")).isEqualTo("[2, 6]");
    assertThat(store.line("LPOS l x COUNT 1")).isEqualTo("[]");
    assertThat(store.line("LPOS none x COUNT 1")).isEqualTo("[]");
  }

  @Test
  void beginsAtARank() {
    store.line("RPUSH l a b c 1 2 3 c c");
    assertThat(store.line("LPOS l c RANK 2")).isEqualTo("6");
    assertThat(store.line("LPOS l c RANK -1")).isEqualTo("7");
    assertThat(store.line("LPOS l c RANK -1 COUNT 0")).isEqualTo("[7, 6, 2]");
    assertThat(store.line("LPOS l c RANK 4")).isEqualTo("nil");
    assertThat(store.line("LPOS l c RANK 2 COUNT 0")).isEqualTo("[6, 7]");
  }

  @Test
  void looksAtSoMany() {
    store.line("RPUSH l a b c 1 2 3 c c");
    assertThat(store.line("LPOS l c MAXLEN 2")).isEqualTo("nil");
    assertThat(store.line("LPOS l c MAXLEN 3")).isEqualTo("2");
    assertThat(store.line("LPOS l c COUNT 0 MAXLEN 7")).isEqualTo("[2, 6]");
    assertThat(store.line("LPOS l c RANK -2 COUNT 0 MAXLEN 2")).isEqualTo("[6]");
    assertThat(store.line("LPOS l c MAXLEN 0")).isEqualTo("2");
  }

  @Test
  void refusesWhatItDoesNotUnderstand() {
    assertThat(store.line("LPOS l a RANK 0"))
        .isEqualTo(
            "!ERR RANK can't be zero: use 1 to start from the first match, 2 from the second ..."
                + " or use negative to start from the end of the list");
    assertThat(store.line("LPOS l a COUNT -1")).isEqualTo("!ERR COUNT can't be negative");
    assertThat(store.line("LPOS l a MAXLEN -1")).isEqualTo("!ERR MAXLEN can't be negative");
    assertThat(store.line("LPOS l a RANK x"))
        .isEqualTo("!ERR value is not an integer or out of range");
    assertThat(store.line("LPOS l a RANK")).isEqualTo("!ERR syntax error");
    assertThat(store.line("LPOS l a FIRST 1")).isEqualTo("!ERR syntax error");
  }

  @Test
  void refusesAnotherType() {
    store.line("SET s x");
    assertThat(store.line("LPOS s a")).isEqualTo(WRONG_TYPE);
  }
}
