package io.karst.commands.bitmap;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.commands.TestStore;
import io.karst.value.ValueType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BitCountTest {
  private final TestStore store = new TestStore();

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void countsOnes() {
    store.line("SET k foobar");
    assertThat(store.line("BITCOUNT k")).isEqualTo("26");
    assertThat(store.line("BITCOUNT k 0 0")).isEqualTo("4");
    assertThat(store.line("BITCOUNT k 1 1")).isEqualTo("6");
    assertThat(store.line("BITCOUNT k 1 1 BYTE")).isEqualTo("6");
    assertThat(store.line("BITCOUNT k 5 30 BIT")).isEqualTo("17");
    assertThat(store.line("BITCOUNT k 0 -1 bit")).isEqualTo("26");
  }

  @Test
  void clampsTheRange() {
    store.line("SET k foobar");
    assertThat(store.line("BITCOUNT k -100 -99")).isEqualTo("4");
    assertThat(store.line("BITCOUNT k -99 -100")).isEqualTo("0");
    assertThat(store.line("BITCOUNT k 0 9223372036854775807")).isEqualTo("26");
    assertThat(store.line("BITCOUNT k -9223372036854775808 -1")).isEqualTo("26");
    assertThat(store.line("BITCOUNT k 3 2")).isEqualTo("0");
    assertThat(store.line("BITCOUNT k 6 100")).isEqualTo("0");
    assertThat(store.line("BITCOUNT k 47 48 BIT")).isEqualTo("0");
    assertThat(store.line("BITCOUNT k 48 100 BIT")).isEqualTo("0");
  }

  @Test
  void isZeroForAMissingKey() {
    assertThat(store.line("BITCOUNT k")).isEqualTo("0");
    assertThat(store.line("BITCOUNT k 0 -1 BIT")).isEqualTo("0");
    store.run("SET", "k", "");
    assertThat(store.line("BITCOUNT k")).isEqualTo("0");
    assertThat(store.line("BITCOUNT k 0 0")).isEqualTo("0");
  }

  @Test
  void checksTheArgumentsBeforeTheKey() {
    assertThat(store.line("BITCOUNT k 0")).isEqualTo("!ERR syntax error");
    assertThat(store.line("BITCOUNT k 0 1 FOO")).isEqualTo("!ERR syntax error");
    assertThat(store.line("BITCOUNT k 0 1 BIT x")).isEqualTo("!ERR syntax error");
    assertThat(store.line("BITCOUNT k a 1"))
        .isEqualTo("!ERR value is not an integer or out of range");
    assertThat(store.line("BITCOUNT k 0 b"))
        .isEqualTo("!ERR value is not an integer or out of range");
    assertThat(store.line("BITCOUNT k a 1 FOO"))
        .isEqualTo("!ERR value is not an integer or out of range");
  }

  @Test
  void refusesAWrongNumberOfWords() {
    assertThat(store.line("BITCOUNT"))
        .isEqualTo("!ERR wrong number of arguments for 'bitcount' command");
  }

  @Test
  void refusesAnotherType() {
    store.plant("list", ValueType.LIST);
    assertThat(store.line("BITCOUNT list"))
        .isEqualTo("!WRONGTYPE Operation against a key holding the wrong kind of value");
    assertThat(store.line("BITCOUNT list 0 -1 BIT"))
        .isEqualTo("!WRONGTYPE Operation against a key holding the wrong kind of value");
  }
}
