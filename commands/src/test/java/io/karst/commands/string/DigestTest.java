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
    store.run("SET", "k", "hello");
    assertThat(store.show("DIGEST", "k")).isEqualTo("9555e8555c62dcfd");
    store.run("SET", "k", "");
    assertThat(store.show("DIGEST", "k")).isEqualTo("2d06800538d394c2");
    store.run("SET", "k", "123");
    assertThat(store.show("DIGEST", "k")).isEqualTo("404a763b3f4c8c9a");
    store.run("SET", "k", "v8");
    assertThat(store.show("DIGEST", "k")).isEqualTo("0cc76dbb41381419");
  }

  @Test
  void answersNilForAMissingKey() {
    assertThat(store.show("DIGEST", "k")).isEqualTo("nil");
  }

  @Test
  void refusesAWrongNumberOfWords() {
    assertThat(store.show("DIGEST"))
        .isEqualTo("!ERR wrong number of arguments for 'digest' command");
    assertThat(store.show("DIGEST", "a", "b"))
        .isEqualTo("!ERR wrong number of arguments for 'digest' command");
  }

  @Test
  void refusesAnotherType() {
    store.plant("list", ValueType.LIST);
    assertThat(store.show("DIGEST", "list"))
        .isEqualTo("!WRONGTYPE Operation against a key holding the wrong kind of value");
  }
}
