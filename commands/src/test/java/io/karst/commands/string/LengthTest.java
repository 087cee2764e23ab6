package io.karst.commands.string;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.commands.TestStore;
import io.karst.value.ValueType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LengthTest {
  private final TestStore store = new TestStore();

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void countsBytes() {
    store.line("SET k hello");
    assertThat(store.line("STRLEN k")).isEqualTo("5");
    store.line("SET k -555");
    assertThat(store.line("STRLEN k")).isEqualTo("4");
    store.run("SET", "k", "ä");
    assertThat(store.line("STRLEN k")).isEqualTo("2");
  }

  @Test
  void isZeroForAMissingKey() {
    assertThat(store.line("STRLEN k")).isEqualTo("0");
    store.run("SET", "k", "");
    assertThat(store.line("STRLEN k")).isEqualTo("0");
  }

  @Test
  void refusesAWrongNumberOfWords() {
    assertThat(store.line("STRLEN"))
        .isEqualTo("!ERR wrong number of arguments for 'strlen' command");
    assertThat(store.line("STRLEN a b"))
        .isEqualTo("!ERR wrong number of arguments for 'strlen' command");
  }

  @Test
  void refusesAnotherType() {
    store.plant("list", ValueType.LIST);
    assertThat(store.line("STRLEN list"))
        .isEqualTo("!WRONGTYPE Operation against a key holding the wrong kind of value");
  }
}
