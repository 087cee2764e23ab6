package io.karst.commands.string;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.base.Bytes;
import io.karst.commands.Reply;
import io.karst.commands.TestStore;
import io.karst.memory.Record;
import io.karst.value.ValueType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AppendTest {
  private static final int LIMIT = 4096;

  private final TestStore store = TestStore.withStringLimit(LIMIT);

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void appendsAndReturnsTheLength() {
    assertThat(store.line("APPEND k Hello")).isEqualTo("5");
    assertThat(store.line("APPEND k World")).isEqualTo("10");
    assertThat(store.line("GET k")).isEqualTo("HelloWorld");
  }

  @Test
  void appendsNothing() {
    assertThat(store.show("APPEND", "k", "")).isEqualTo("0");
    assertThat(store.line("GETRANGE k 0 -1")).isEqualTo("");
    store.line("SET k v");
    assertThat(store.show("APPEND", "k", "")).isEqualTo("1");
  }

  @Test
  void turnsAnIntegerIntoText() {
    store.line("SET k 1");
    store.line("APPEND k 2");
    assertThat(store.line("INCR k")).isEqualTo("13");
  }

  @Test
  void keepsTheExpiry() {
    store.line("SET k v EX 100");
    store.line("APPEND k w");
    assertThat(store.expiry("k")).isEqualTo(TestStore.START + 100_000);
  }

  @Test
  void startsAnewOnceTheKeyHasExpired() {
    store.line("SET k old PX 10");
    store.advance(10);
    assertThat(store.line("APPEND k new")).isEqualTo("3");
    assertThat(store.expiry("k")).isEqualTo(Record.NO_EXPIRY);
  }

  @Test
  void stopsAtTheLengthLimit() {
    store.run("SET", "k", "x".repeat(LIMIT - 1));
    assertThat(store.line("APPEND k y")).isEqualTo(Long.toString(LIMIT));
    assertThat(store.line("APPEND k z"))
        .isEqualTo("!ERR string exceeds maximum allowed size (proto-max-bulk-len)");
    assertThat(store.line("STRLEN k")).isEqualTo(Long.toString(LIMIT));
  }

  @Test
  void takesBinaryKeysAndValues() {
    Bytes key = Bytes.of((byte) 0, (byte) 0xff, (byte) '\n');
    Bytes value = Bytes.of((byte) 0x80, (byte) 0);
    store.run(Bytes.utf8("APPEND"), key, value);
    store.run(Bytes.utf8("APPEND"), key, value);
    assertThat(store.run(Bytes.utf8("GET"), key))
        .isEqualTo(Reply.bulk(Bytes.of((byte) 0x80, (byte) 0, (byte) 0x80, (byte) 0)));
  }

  @Test
  void refusesAWrongNumberOfWords() {
    assertThat(store.line("APPEND k"))
        .isEqualTo("!ERR wrong number of arguments for 'append' command");
    assertThat(store.line("APPEND k a b"))
        .isEqualTo("!ERR wrong number of arguments for 'append' command");
  }

  @Test
  void refusesAnotherType() {
    store.plant("list", ValueType.LIST);
    assertThat(store.line("APPEND list x"))
        .isEqualTo("!WRONGTYPE Operation against a key holding the wrong kind of value");
  }
}
