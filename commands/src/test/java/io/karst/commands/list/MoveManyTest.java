package io.karst.commands.list;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.commands.TestStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MoveManyTest {
  private static final String WRONG_TYPE =
      "!WRONGTYPE Operation against a key holding the wrong kind of value";

  private final TestStore store = new TestStore();

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void movesOneWithoutACount() {
    store.line("RPUSH a 1 2");
    assertThat(store.line("LMOVEM a b LEFT RIGHT")).isEqualTo("[1]");
    assertThat(store.line("LRANGE b 0 -1")).isEqualTo("[1]");
    assertThat(store.line("LMOVEM none b LEFT RIGHT")).isEqualTo("nil");
  }

  @Test
  void turnsTheOrderOneByOne() {
    store.line("RPUSH a 1 2 3 4");
    store.line("RPUSH b 5");
    assertThat(store.line("LMOVEM a b LEFT LEFT COUNT 2 OBO")).isEqualTo("[2, 1]");
    assertThat(store.line("LRANGE b 0 -1")).isEqualTo("[2, 1, 5]");
    assertThat(store.line("LMOVEM a b RIGHT RIGHT COUNT 9 OBO")).isEqualTo("[4, 3]");
    assertThat(store.line("LRANGE b 0 -1")).isEqualTo("[2, 1, 5, 4, 3]");
    assertThat(store.line("EXISTS a")).isEqualTo("0");
  }

  @Test
  void keepsTheOrderInBulk() {
    store.line("RPUSH a 1 2 3 4");
    store.line("RPUSH b 5");
    assertThat(store.line("LMOVEM a b LEFT LEFT COUNT 2 BULK")).isEqualTo("[1, 2]");
    assertThat(store.line("LRANGE b 0 -1")).isEqualTo("[1, 2, 5]");
    assertThat(store.line("LMOVEM a b RIGHT RIGHT COUNT 2 BULK")).isEqualTo("[3, 4]");
    assertThat(store.line("LRANGE b 0 -1")).isEqualTo("[1, 2, 5, 3, 4]");
  }

  @Test
  void keepsTheOrderFromEndToEnd() {
    store.line("RPUSH a 1 2 3 4");
    assertThat(store.line("LMOVEM a b LEFT RIGHT COUNT 2 OBO")).isEqualTo("[1, 2]");
    assertThat(store.line("LMOVEM a b RIGHT LEFT COUNT 2 OBO")).isEqualTo("[3, 4]");
    assertThat(store.line("LRANGE b 0 -1")).isEqualTo("[3, 4, 1, 2]");
  }

  @Test
  void movesExactlySoManyOrNone() {
    store.line("RPUSH a 1 2");
    assertThat(store.line("LMOVEM a b LEFT RIGHT EXACTLY 3 BULK")).isEqualTo("nil");
    assertThat(store.line("LRANGE a 0 -1")).isEqualTo("[1, 2]");
    assertThat(store.line("LMOVEM a b LEFT RIGHT EXACTLY 2 BULK")).isEqualTo("[1, 2]");
  }

  @Test
  void movesWithinAList() {
    store.line("RPUSH a 1 2 3 4");
    assertThat(store.line("LMOVEM a a LEFT RIGHT COUNT 2 OBO")).isEqualTo("[1, 2]");
    assertThat(store.line("LRANGE a 0 -1")).isEqualTo("[3, 4, 1, 2]");
    assertThat(store.line("LMOVEM a a LEFT LEFT COUNT 2 OBO")).isEqualTo("[4, 3]");
    assertThat(store.line("LRANGE a 0 -1")).isEqualTo("[4, 3, 1, 2]");
    assertThat(store.line("LMOVEM a a RIGHT RIGHT COUNT 2 BULK")).isEqualTo("[1, 2]");
    assertThat(store.line("LRANGE a 0 -1")).isEqualTo("[4, 3, 1, 2]");
  }

  @Test
  void refusesWhatItDoesNotUnderstand() {
    assertThat(store.line("LMOVEM a b UP LEFT")).isEqualTo("!ERR syntax error");
    assertThat(store.line("LMOVEM a b LEFT LEFT COUNT 2")).isEqualTo("!ERR syntax error");
    assertThat(store.line("LMOVEM a b LEFT LEFT COUNT 2 ALL")).isEqualTo("!ERR syntax error");
    assertThat(store.line("LMOVEM a b LEFT LEFT SOME 2 OBO")).isEqualTo("!ERR syntax error");
    assertThat(store.line("LMOVEM a b LEFT LEFT COUNT 0 OBO"))
        .isEqualTo("!ERR count should be greater than 0");
    assertThat(store.line("LMOVEM a b LEFT LEFT COUNT 2 OBO x")).isEqualTo("!ERR syntax error");
  }

  @Test
  void refusesAnotherType() {
    store.line("SET s x");
    store.line("RPUSH a 1");
    assertThat(store.line("LMOVEM a s LEFT LEFT")).isEqualTo(WRONG_TYPE);
    assertThat(store.line("LMOVEM s a LEFT LEFT")).isEqualTo(WRONG_TYPE);
    assertThat(store.line("LRANGE a 0 -1")).isEqualTo("[1]");
  }
}
