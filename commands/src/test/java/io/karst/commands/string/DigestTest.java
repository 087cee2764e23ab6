package io.karst.commands.string;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.commands.TestStore;
import io.karst.value.ValueType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DigestTest {
  private final TestStore store = new TestStore();

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void answersSixteenDigits() {
    store.line("SET k hello");
    assertThat(store.line("DIGEST k")).isEqualTo("9555e8555c62dcfd");
    store.run("SET", "k", "");
    assertThat(store.line("DIGEST k")).isEqualTo("2d06800538d394c2");
    store.line("SET k 123");
    assertThat(store.line("DIGEST k")).isEqualTo("404a763b3f4c8c9a");
    store.line("SET k v8");
    assertThat(store.line("DIGEST k")).isEqualTo("0cc76dbb41381419");
  }

  @Test
  void answersNilForAMissingKey() {
    assertThat(store.line("DIGEST k")).isEqualTo("nil");
  }

  @Test
  void refusesAWrongNumberOfWords() {
    assertThat(store.line("DIGEST"))
        .isEqualTo("!ERR wrong number of arguments for 'digest' command");
    assertThat(store.line("DIGEST a b"))
        .isEqualTo("!ERR wrong number of arguments for 'digest' command");
  }

  @Test
  void refusesAnotherType() {
    store.plant("list", ValueType.LIST);
    assertThat(store.line("DIGEST list"))
        .isEqualTo("!WRONGTYPE Operation against a key holding the wrong kind of value");
  }
}
