package io.karst.commands.bitmap;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.base.Bytes;
import io.karst.commands.Reply;
import io.karst.commands.TestStore;
import io.karst.value.ValueType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BitAccessTest {
  private static final int LIMIT = 4096;

  private final TestStore store = TestStore.withStringLimit(LIMIT);

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void countsBitsFromTheHighestOfTheFirstByte() {
    assertThat(store.line("SETBIT k 1 1")).isEqualTo("0");
    assertThat(store.run("GET", "k")).isEqualTo(Reply.bulk(bytes(0x40)));
    assertThat(store.line("SETBIT k 7 1")).isEqualTo("0");
    assertThat(store.line("SETBIT k 15 1")).isEqualTo("0");
    assertThat(store.run("GET", "k")).isEqualTo(Reply.bulk(bytes(0x41, 0x01)));
    assertThat(store.line("GETBIT k 1")).isEqualTo("1");
    assertThat(store.line("GETBIT k 2")).isEqualTo("0");
    assertThat(store.line("GETBIT k 15")).isEqualTo("1");
  }

  @Test
  void returnsWhatTheBitWas() {
    assertThat(store.line("SETBIT k 9 1")).isEqualTo("0");
    assertThat(store.line("SETBIT k 9 0")).isEqualTo("1");
    assertThat(store.line("SETBIT k 9 0")).isEqualTo("0");
    assertThat(store.run("GET", "k")).isEqualTo(Reply.bulk(bytes(0, 0)));
  }

  @Test
  void extendsTheStringEvenForAZero() {
    assertThat(store.line("SETBIT k 20 0")).isEqualTo("0");
    assertThat(store.line("STRLEN k")).isEqualTo("3");
    assertThat(store.line("SETBIT none 0 0")).isEqualTo("0");
    assertThat(store.line("STRLEN none")).isEqualTo("1");
  }

  @Test
  void makesNoEffectWhenNothingChanges() {
    store.line("SETBIT k 5 1");
    store.takeEffects();
    store.line("SETBIT k 5 1");
    assertThat(store.takeEffects()).isEmpty();
  }

  @Test
  void readsZerosBeyondTheString() {
    store.line("SET k a");
    assertThat(store.line("GETBIT k 8")).isEqualTo("0");
    assertThat(store.line("GETBIT k 32767")).isEqualTo("0");
    assertThat(store.line("GETBIT none 0")).isEqualTo("0");
  }

  @Test
  void readsTheDigitsOfAnInteger() {
    store.line("SET k 1");
    assertThat(store.line("GETBIT k 2")).isEqualTo("1");
    assertThat(store.line("SETBIT k 6 1")).isEqualTo("0");
    assertThat(store.line("GET k")).isEqualTo("3");
  }

  @Test
  void keepsTheExpiry() {
    store.line("SET k v EX 100");
    store.line("SETBIT k 100 1");
    assertThat(store.expiry("k")).isEqualTo(TestStore.START + 100_000);
  }

  @Test
  void startsAnewOnceTheKeyHasExpired() {
    store.line("SET k old PX 10");
    store.advance(10);
    assertThat(store.line("SETBIT k 0 1")).isEqualTo("0");
    assertThat(store.run("GET", "k")).isEqualTo(Reply.bulk(bytes(0x80)));
  }

  @Test
  void refusesOffsetsOutOfRange() {
    assertThat(store.line("SETBIT k -1 1"))
        .isEqualTo("!ERR bit offset is not an integer or out of range");
    assertThat(store.line("SETBIT k 32768 1"))
        .isEqualTo("!ERR bit offset is not an integer or out of range");
    assertThat(store.line("SETBIT k 4294967296 1"))
        .isEqualTo("!ERR bit offset is not an integer or out of range");
    assertThat(store.line("SETBIT k 9223372036854775807 1"))
        .isEqualTo("!ERR bit offset is not an integer or out of range");
    assertThat(store.line("SETBIT k a 1"))
        .isEqualTo("!ERR bit offset is not an integer or out of range");
    assertThat(store.line("SETBIT k 1.5 1"))
        .isEqualTo("!ERR bit offset is not an integer or out of range");
    assertThat(store.line("GETBIT k -1"))
        .isEqualTo("!ERR bit offset is not an integer or out of range");
    assertThat(store.line("GETBIT k 32768"))
        .isEqualTo("!ERR bit offset is not an integer or out of range");
    assertThat(store.line("GETBIT k #1"))
        .isEqualTo("!ERR bit offset is not an integer or out of range");
    assertThat(store.line("SETBIT k 32767 1")).isEqualTo("0");
    assertThat(store.line("STRLEN k")).isEqualTo("4096");
  }

  @Test
  void refusesBitsThatAreNone() {
    assertThat(store.line("SETBIT k 0 2")).isEqualTo("!ERR bit is not an integer or out of range");
    assertThat(store.line("SETBIT k 0 -1")).isEqualTo("!ERR bit is not an integer or out of range");
    assertThat(store.line("SETBIT k 0 a")).isEqualTo("!ERR bit is not an integer or out of range");
    assertThat(store.line("SETBIT k 0 01")).isEqualTo("!ERR bit is not an integer or out of range");
    assertThat(store.line("GET k")).isEqualTo("nil");
  }

  @Test
  void checksTheArgumentsBeforeTheType() {
    store.plant("list", ValueType.LIST);
    assertThat(store.line("SETBIT list -1 1"))
        .isEqualTo("!ERR bit offset is not an integer or out of range");
    assertThat(store.line("SETBIT list 0 2"))
        .isEqualTo("!ERR bit is not an integer or out of range");
    assertThat(store.line("SETBIT list 0 1"))
        .isEqualTo("!WRONGTYPE Operation against a key holding the wrong kind of value");
    assertThat(store.line("GETBIT list a"))
        .isEqualTo("!ERR bit offset is not an integer or out of range");
    assertThat(store.line("GETBIT list 0"))
        .isEqualTo("!WRONGTYPE Operation against a key holding the wrong kind of value");
  }

  @Test
  void refusesAWrongNumberOfWords() {
    assertThat(store.line("SETBIT k 1"))
        .isEqualTo("!ERR wrong number of arguments for 'setbit' command");
    assertThat(store.line("SETBIT k 1 1 1"))
        .isEqualTo("!ERR wrong number of arguments for 'setbit' command");
    assertThat(store.line("GETBIT k"))
        .isEqualTo("!ERR wrong number of arguments for 'getbit' command");
  }

  private static Bytes bytes(int... values) {
    byte[] array = new byte[values.length];
    for (int i = 0; i < array.length; i++) {
      array[i] = (byte) values[i];
    }
    return Bytes.of(array);
  }
}
