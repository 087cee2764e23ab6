package io.karst.commands.string;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.commands.TestStore;
import io.karst.value.ValueType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SetRangeTest {
  private static final int LIMIT = 4096;

  private final TestStore store = TestStore.withStringLimit(LIMIT);

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void overwritesWithinTheString() {
    store.line("SET k foobar");
    assertThat(store.line("SETRANGE k 3 BAZ")).isEqualTo("6");
    assertThat(store.line("GET k")).isEqualTo("fooBAZ");
  }

  @Test
  void extendsTheString() {
    store.line("SET k foo");
    assertThat(store.line("SETRANGE k 2 xyz")).isEqualTo("5");
    assertThat(store.line("GET k")).isEqualTo("foxyz");
  }

  @Test
  void fillsTheGapWithZeros() {
    store.line("SET k foo");
    assertThat(store.line("SETRANGE k 5 x")).isEqualTo("6");
    assertThat(store.line("GET k")).isEqualTo("foo\0\0x");
    assertThat(store.line("SETRANGE none 2 x")).isEqualTo("3");
    assertThat(store.line("GET none")).isEqualTo("\0\0x");
  }

  @Test
  void changesNothingForAnEmptyValue() {
    assertThat(store.show("SETRANGE", "k", "5", "")).isEqualTo("0");
    assertThat(store.line("GET k")).isEqualTo("nil");
    store.line("SET k foo");
    store.takeEffects();
    assertThat(store.show("SETRANGE", "k", "9223372036854775807", "")).isEqualTo("3");
    assertThat(store.takeEffects()).isEmpty();
  }

  @Test
  void stopsAtTheLengthLimit() {
    assertThat(store.line("SETRANGE k 4096 x"))
        .isEqualTo("!ERR string exceeds maximum allowed size (proto-max-bulk-len)");
    assertThat(store.line("SETRANGE k 4095 xy"))
        .isEqualTo("!ERR string exceeds maximum allowed size (proto-max-bulk-len)");
    assertThat(store.line("SETRANGE k 2147483647 x"))
        .isEqualTo("!ERR string exceeds maximum allowed size (proto-max-bulk-len)");
    assertThat(store.line("SETRANGE k 4294967296 x"))
        .isEqualTo("!ERR string exceeds maximum allowed size (proto-max-bulk-len)");
    assertThat(store.line("SETRANGE k 9223372036854775807 x"))
        .isEqualTo("!ERR string exceeds maximum allowed size (proto-max-bulk-len)");
    assertThat(store.line("GET k")).isEqualTo("nil");
    assertThat(store.line("SETRANGE k 4095 x")).isEqualTo("4096");
  }

  @Test
  void refusesNegativeOffsets() {
    assertThat(store.line("SETRANGE k -1 x")).isEqualTo("!ERR offset is out of range");
    assertThat(store.line("SETRANGE k a x"))
        .isEqualTo("!ERR value is not an integer or out of range");
  }

  @Test
  void keepsTheExpiry() {
    store.line("SET k v EX 100");
    store.line("SETRANGE k 5 w");
    assertThat(store.expiry("k")).isEqualTo(TestStore.START + 100_000);
  }

  @Test
  void refusesAWrongNumberOfWords() {
    assertThat(store.line("SETRANGE k 0"))
        .isEqualTo("!ERR wrong number of arguments for 'setrange' command");
    assertThat(store.line("SETRANGE k 0 a b"))
        .isEqualTo("!ERR wrong number of arguments for 'setrange' command");
  }

  @Test
  void refusesAnotherType() {
    store.plant("list", ValueType.LIST);
    assertThat(store.line("SETRANGE list 0 x"))
        .isEqualTo("!WRONGTYPE Operation against a key holding the wrong kind of value");
  }

  @Test
  void checksTheOffsetBeforeTheType() {
    store.plant("list", ValueType.LIST);
    assertThat(store.line("SETRANGE list -1 x")).isEqualTo("!ERR offset is out of range");
    assertThat(store.show("SETRANGE", "list", "0", ""))
        .isEqualTo("!WRONGTYPE Operation against a key holding the wrong kind of value");
  }
}
