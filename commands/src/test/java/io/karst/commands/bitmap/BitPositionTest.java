package io.karst.commands.bitmap;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.base.Bytes;
import io.karst.commands.TestStore;
import io.karst.value.ValueType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BitPositionTest {
  private final TestStore store = new TestStore();

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void findsTheFirstBit() {
    store.run(Bytes.utf8("SET"), Bytes.utf8("k"), bytes(0xff, 0xf0, 0));
    assertThat(store.line("BITPOS k 0")).isEqualTo("12");
    assertThat(store.line("BITPOS k 1")).isEqualTo("0");
    store.run(Bytes.utf8("SET"), Bytes.utf8("k"), bytes(0, 0xff, 0xf0));
    assertThat(store.line("BITPOS k 1 0")).isEqualTo("8");
    assertThat(store.line("BITPOS k 1 2")).isEqualTo("16");
    assertThat(store.line("BITPOS k 1 2 -1 BYTE")).isEqualTo("16");
    assertThat(store.line("BITPOS k 1 7 15 BIT")).isEqualTo("8");
    assertThat(store.line("BITPOS k 1 7 -3 BIT")).isEqualTo("8");
    assertThat(store.line("BITPOS k 0 9 15 BIT")).isEqualTo("-1");
  }

  @Test
  void findsZerosPastTheEndUnlessThereIsAnEnd() {
    store.run(Bytes.utf8("SET"), Bytes.utf8("k"), bytes(0xff, 0xff));
    assertThat(store.line("BITPOS k 0")).isEqualTo("16");
    assertThat(store.line("BITPOS k 0 1")).isEqualTo("16");
    assertThat(store.line("BITPOS k 0 0 -1")).isEqualTo("-1");
    assertThat(store.line("BITPOS k 0 0 15 BIT")).isEqualTo("-1");
    assertThat(store.line("BITPOS k 0 2")).isEqualTo("-1");
  }

  @Test
  void answersMinusOneForNoOne() {
    store.run(Bytes.utf8("SET"), Bytes.utf8("k"), bytes(0, 0));
    assertThat(store.line("BITPOS k 1")).isEqualTo("-1");
    assertThat(store.line("BITPOS k 1 1")).isEqualTo("-1");
    store.run("SET", "k", "");
    assertThat(store.line("BITPOS k 0")).isEqualTo("-1");
    assertThat(store.line("BITPOS k 1")).isEqualTo("-1");
  }

  @Test
  void readsAMissingKeyAsZeros() {
    assertThat(store.line("BITPOS k 0")).isEqualTo("0");
    assertThat(store.line("BITPOS k 1")).isEqualTo("-1");
    assertThat(store.line("BITPOS k 0 5 6")).isEqualTo("0");
  }

  @Test
  void clampsTheRange() {
    store.run(Bytes.utf8("SET"), Bytes.utf8("k"), bytes(0x01, 0x80));
    assertThat(store.line("BITPOS k 1 -100 100")).isEqualTo("7");
    assertThat(store.line("BITPOS k 1 -1")).isEqualTo("8");
    assertThat(store.line("BITPOS k 1 9223372036854775807")).isEqualTo("-1");
    assertThat(store.line("BITPOS k 1 -9223372036854775808 9223372036854775807 BIT"))
        .isEqualTo("7");
    assertThat(store.line("BITPOS k 1 1 0")).isEqualTo("-1");
  }

  @Test
  void checksTheArgumentsBeforeTheKey() {
    assertThat(store.line("BITPOS k 2")).isEqualTo("!ERR The bit argument must be 1 or 0.");
    assertThat(store.line("BITPOS k -1")).isEqualTo("!ERR The bit argument must be 1 or 0.");
    assertThat(store.line("BITPOS k a")).isEqualTo("!ERR value is not an integer or out of range");
    assertThat(store.line("BITPOS k 1 a"))
        .isEqualTo("!ERR value is not an integer or out of range");
    assertThat(store.line("BITPOS k 1 0 a"))
        .isEqualTo("!ERR value is not an integer or out of range");
    assertThat(store.line("BITPOS k 1 0 1 FOO")).isEqualTo("!ERR syntax error");
    assertThat(store.line("BITPOS k 1 0 a FOO")).isEqualTo("!ERR syntax error");
    assertThat(store.line("BITPOS k 1 0 1 BIT x")).isEqualTo("!ERR syntax error");
  }

  @Test
  void refusesAWrongNumberOfWords() {
    assertThat(store.line("BITPOS k"))
        .isEqualTo("!ERR wrong number of arguments for 'bitpos' command");
  }

  @Test
  void refusesAnotherType() {
    store.plant("list", ValueType.LIST);
    assertThat(store.line("BITPOS list 1"))
        .isEqualTo("!WRONGTYPE Operation against a key holding the wrong kind of value");
  }

  private static Bytes bytes(int... values) {
    byte[] array = new byte[values.length];
    for (int i = 0; i < array.length; i++) {
      array[i] = (byte) values[i];
    }
    return Bytes.of(array);
  }
}
