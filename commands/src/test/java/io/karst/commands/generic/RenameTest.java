package io.karst.commands.generic;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.commands.TestStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class RenameTest {
  private final TestStore store = new TestStore();

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void valueAndExpiryGetTheNewName() {
    store.show("SET", "a", "1", "PX", "5000");
    assertThat(store.show("RENAME", "a", "b")).isEqualTo("OK");
    assertThat(store.show("EXISTS", "a")).isEqualTo("0");
    assertThat(store.show("GET", "b")).isEqualTo("1");
    assertThat(store.show("PTTL", "b")).isEqualTo("5000");
  }

  @Test
  void aKeyOfTheNewNameIsReplaced() {
    store.show("SET", "a", "1");
    store.show("SET", "b", "2", "EX", "10");
    assertThat(store.show("RENAME", "a", "b")).isEqualTo("OK");
    assertThat(store.show("GET", "b")).isEqualTo("1");
    assertThat(store.show("TTL", "b")).isEqualTo("-1");
    assertThat(store.show("DBSIZE")).isEqualTo("1");
  }

  @Test
  void theSameNameChangesNothing() {
    store.show("SET", "a", "1", "EX", "10");
    assertThat(store.show("RENAME", "a", "a")).isEqualTo("OK");
    assertThat(store.show("RENAMENX", "a", "a")).isEqualTo("0");
    assertThat(store.show("GET", "a")).isEqualTo("1");
    assertThat(store.show("TTL", "a")).isEqualTo("10");
  }

  @Test
  void renamenxReplacesNothing() {
    store.show("MSET", "a", "1", "b", "2");
    assertThat(store.show("RENAMENX", "a", "b")).isEqualTo("0");
    assertThat(store.show("GET", "b")).isEqualTo("2");
    assertThat(store.show("RENAMENX", "a", "c")).isEqualTo("1");
    assertThat(store.show("GET", "c")).isEqualTo("1");
    assertThat(store.show("EXISTS", "a")).isEqualTo("0");
  }

  @Test
  void aKeyThatIsDueIsNotInTheWay() {
    store.show("SET", "a", "1");
    store.show("SET", "b", "2", "PX", "1");
    store.advance(1);
    assertThat(store.show("RENAMENX", "a", "b")).isEqualTo("1");
  }

  @Test
  void withoutAKeyItIsAnError() {
    assertThat(store.error("RENAME", "a", "b")).isEqualTo("ERR no such key");
    assertThat(store.error("RENAME", "a", "a")).isEqualTo("ERR no such key");
    assertThat(store.error("RENAMENX", "a", "b")).isEqualTo("ERR no such key");
  }

  @Test
  void theEncodingGoesWithTheValue() {
    store.show("APPEND", "a", "1");
    store.show("APPEND", "a", "2");
    store.show("RENAME", "a", "b");
    assertThat(store.show("OBJECT", "ENCODING", "b")).isEqualTo("raw");
  }
}
