package io.karst.commands.generic;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.commands.TestStore;
import io.karst.value.ValueType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class CopyTest {
  private final TestStore store = new TestStore();

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void valueAndExpiryAreCopied() {
    store.show("SET", "a", "1", "PX", "5000");
    assertThat(store.show("COPY", "a", "b")).isEqualTo("1");
    assertThat(store.show("GET", "b")).isEqualTo("1");
    assertThat(store.show("PTTL", "b")).isEqualTo("5000");
    assertThat(store.show("GET", "a")).isEqualTo("1");
  }

  @Test
  void theCopyIsItsOwn() {
    store.show("SET", "a", "one");
    store.show("COPY", "a", "b");
    store.show("APPEND", "a", " and a half");
    assertThat(store.show("GET", "b")).isEqualTo("one");
  }

  @Test
  void aTargetThatExistsIsReplacedOnRequestOnly() {
    store.show("MSET", "a", "1", "b", "2");
    assertThat(store.show("COPY", "a", "b")).isEqualTo("0");
    assertThat(store.show("GET", "b")).isEqualTo("2");
    assertThat(store.show("COPY", "a", "b", "rePlace")).isEqualTo("1");
    assertThat(store.show("GET", "b")).isEqualTo("1");
  }

  @Test
  void replacingRemovesAnExpiryTheSourceDoesNotHave() {
    store.show("SET", "a", "1");
    store.show("SET", "b", "2", "EX", "10");
    store.show("COPY", "a", "b", "REPLACE");
    assertThat(store.show("TTL", "b")).isEqualTo("-1");
  }

  @Test
  void aTargetThatIsDueDoesNotExist() {
    store.show("SET", "a", "1");
    store.show("SET", "b", "2", "PX", "10");
    store.advance(10);
    assertThat(store.show("COPY", "a", "b")).isEqualTo("1");
  }

  @Test
  void anotherDatabaseMayHoldTheSameName() {
    store.show("SET", "a", "1");
    assertThat(store.show("COPY", "a", "a", "DB", "3")).isEqualTo("1");
    store.select(3);
    assertThat(store.show("GET", "a")).isEqualTo("1");
  }

  @Test
  void withoutASourceNothingIsDone() {
    store.show("SET", "b", "2");
    assertThat(store.show("COPY", "a", "b", "REPLACE")).isEqualTo("0");
    assertThat(store.show("GET", "b")).isEqualTo("2");
  }

  @Test
  void anyTypeIsCopiedOver() {
    store.show("SET", "a", "1");
    store.plant("b", ValueType.LIST);
    assertThat(store.show("COPY", "a", "b", "REPLACE")).isEqualTo("1");
    assertThat(store.show("TYPE", "b")).isEqualTo("string");
  }

  @Test
  void errors() {
    String same = "ERR source and destination objects are the same";
    assertThat(store.error("COPY", "a", "a")).isEqualTo(same);
    assertThat(store.error("COPY", "a", "a", "DB", "0", "REPLACE")).isEqualTo(same);
    assertThat(store.error("COPY", "a", "a", "DB")).isEqualTo("ERR syntax error");
    assertThat(store.error("COPY", "a", "b", "NX")).isEqualTo("ERR syntax error");
    assertThat(store.error("COPY", "a", "b", "DB", "16")).isEqualTo("ERR DB index is out of range");
    assertThat(store.error("COPY", "a", "b", "DB", "-1")).isEqualTo("ERR DB index is out of range");
    assertThat(store.error("COPY", "a", "b", "DB", "x"))
        .isEqualTo("ERR value is not an integer or out of range");
    assertThat(store.error("COPY", "a", "b", "DB", "2147483648"))
        .isEqualTo("ERR value is out of range, value must between -2147483648 and 2147483647");
    assertThat(store.error("COPY", "a"))
        .isEqualTo("ERR wrong number of arguments for 'copy' command");
  }
}
