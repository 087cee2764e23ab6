package io.karst.commands.string;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.commands.TestStore;
import io.karst.value.ValueType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GetRangeTest {
  private final TestStore store = new TestStore();

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void cutsByOffsets() {
    store.run("SET", "k", "Hello World");
    assertThat(store.line("GETRANGE k 0 3")).isEqualTo("Hell");
    assertThat(store.line("GETRANGE k 0 -1")).isEqualTo("Hello World");
    assertThat(store.line("GETRANGE k -4 -1")).isEqualTo("orld");
    assertThat(store.line("GETRANGE k 5 3")).isEqualTo("");
    assertThat(store.line("GETRANGE k 5 5000")).isEqualTo(" World");
    assertThat(store.line("GETRANGE k -5000 10000")).isEqualTo("Hello World");
    assertThat(store.line("GETRANGE k 3 3")).isEqualTo("l");
    assertThat(store.line("GETRANGE k 11 11")).isEqualTo("");
    assertThat(store.line("GETRANGE k 10 10")).isEqualTo("d");
  }

  @Test
  void clampsNegativeEndsAsRedisDoes() {
    store.run("SET", "k", "Hello World");
    assertThat(store.line("GETRANGE k 0 -100")).isEqualTo("H");
    assertThat(store.line("GETRANGE k 1 -100")).isEqualTo("");
    assertThat(store.line("GETRANGE k -1 -100")).isEqualTo("");
    assertThat(store.line("GETRANGE k -100 -99")).isEqualTo("H");
    assertThat(store.line("GETRANGE k -100 -100")).isEqualTo("H");
    assertThat(store.line("GETRANGE k -100 -101")).isEqualTo("");
  }

  @Test
  void takesTheLargestNumbers() {
    store.run("SET", "k", "bar");
    assertThat(store.line("GETRANGE k 0 4294967297")).isEqualTo("bar");
    assertThat(store.line("GETRANGE k 0 9223372036854775807")).isEqualTo("bar");
    assertThat(store.line("GETRANGE k -9223372036854775808 9223372036854775807")).isEqualTo("bar");
    assertThat(store.line("GETRANGE k 9223372036854775807 9223372036854775807")).isEqualTo("");
    assertThat(store.line("GETRANGE k -9223372036854775808 -9223372036854775808")).isEqualTo("b");
  }

  @Test
  void readsAMissingKeyAsEmpty() {
    assertThat(store.line("GETRANGE k 0 -1")).isEqualTo("");
    store.run("SET", "k", "");
    assertThat(store.line("GETRANGE k 0 -1")).isEqualTo("");
  }

  @Test
  void readsTheDigitsOfAnInteger() {
    store.line("SET k 1234");
    assertThat(store.line("GETRANGE k -3 -1")).isEqualTo("234");
  }

  @Test
  void isAlsoCalledSubstr() {
    store.line("SET k abcde");
    assertThat(store.line("SUBSTR k -4 -1")).isEqualTo("bcde");
  }

  @Test
  void refusesOffsetsBeforeItLooksAtTheKey() {
    store.plant("list", ValueType.LIST);
    assertThat(store.line("GETRANGE list a 1"))
        .isEqualTo("!ERR value is not an integer or out of range");
    assertThat(store.line("GETRANGE list 0 1.5"))
        .isEqualTo("!ERR value is not an integer or out of range");
    assertThat(store.line("GETRANGE list 0 9223372036854775808"))
        .isEqualTo("!ERR value is not an integer or out of range");
  }

  @Test
  void refusesAWrongNumberOfWords() {
    assertThat(store.line("GETRANGE k 0"))
        .isEqualTo("!ERR wrong number of arguments for 'getrange' command");
    assertThat(store.line("GETRANGE k 0 1 2"))
        .isEqualTo("!ERR wrong number of arguments for 'getrange' command");
  }

  @Test
  void refusesAnotherType() {
    store.plant("list", ValueType.LIST);
    assertThat(store.line("GETRANGE list 0 1"))
        .isEqualTo("!WRONGTYPE Operation against a key holding the wrong kind of value");
    assertThat(store.line("SUBSTR list 0 1"))
        .isEqualTo("!WRONGTYPE Operation against a key holding the wrong kind of value");
  }
}
