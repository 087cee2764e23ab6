package io.karst.commands.string;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.commands.Reply;
import io.karst.commands.TestStore;
import io.karst.memory.Record;
import io.karst.value.ValueType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GetTest {
  private final TestStore store = new TestStore();

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void returnsWhatWasSet() {
    store.line("SET k v");
    assertThat(store.line("GET k")).isEqualTo("v");
    assertThat(store.line("get k")).isEqualTo("v");
  }

  @Test
  void returnsNilForAMissingKey() {
    assertThat(store.line("GET k")).isEqualTo("nil");
    assertThat(store.line("GETDEL k")).isEqualTo("nil");
  }

  @Test
  void tellsEmptyFromMissing() {
    store.run("SET", "k", "");
    assertThat(store.run("GET", "k")).isEqualTo(Reply.bulk(""));
  }

  @Test
  void takesTheEmptyKey() {
    store.run("SET", "", "v");
    assertThat(store.show("GET", "")).isEqualTo("v");
  }

  @Test
  void deletesWhatItReturned() {
    store.line("SET k v EX 100");
    assertThat(store.line("GETDEL k")).isEqualTo("v");
    assertThat(store.line("GET k")).isEqualTo("nil");
    assertThat(store.expiry("k")).isEqualTo(Record.ABSENT);
  }

  @Test
  void doesNotSeeADueKey() {
    store.line("SET k v PX 10");
    store.advance(9);
    assertThat(store.line("GET k")).isEqualTo("v");
    store.advance(1);
    assertThat(store.line("GET k")).isEqualTo("nil");
    store.line("SET k v PX 10");
    store.advance(10);
    assertThat(store.line("GETDEL k")).isEqualTo("nil");
  }

  @Test
  void keepsTheTypeOfWhatItRefuses() {
    store.plant("list", ValueType.LIST);
    assertThat(store.line("GETDEL list"))
        .isEqualTo("!WRONGTYPE Operation against a key holding the wrong kind of value");
    assertThat(store.line("GET list"))
        .isEqualTo("!WRONGTYPE Operation against a key holding the wrong kind of value");
  }

  @Test
  void refusesAWrongNumberOfWords() {
    assertThat(store.line("GET")).isEqualTo("!ERR wrong number of arguments for 'get' command");
    assertThat(store.line("GET a b")).isEqualTo("!ERR wrong number of arguments for 'get' command");
  }

  @Test
  void getdelTakesOneKey() {
    assertThat(store.line("GETDEL"))
        .isEqualTo("!ERR wrong number of arguments for 'getdel' command");
    assertThat(store.line("GETDEL a b"))
        .isEqualTo("!ERR wrong number of arguments for 'getdel' command");
  }
}
