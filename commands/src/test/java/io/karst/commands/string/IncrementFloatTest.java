package io.karst.commands.string;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.base.Bytes;
import io.karst.commands.TestStore;
import io.karst.history.Effect;
import io.karst.memory.Record;
import io.karst.value.ValueType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class IncrementFloatTest {
  private final TestStore store = new TestStore();

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void addsInExtendedPrecision() {
    assertThat(store.show("INCRBYFLOAT", "k", "10.50")).isEqualTo("10.5");
    assertThat(store.show("INCRBYFLOAT", "k", "0.1")).isEqualTo("10.6");
    assertThat(store.show("INCRBYFLOAT", "k", "-5")).isEqualTo("5.6");
    assertThat(store.show("GET", "k")).isEqualTo("5.6");
    store.run("SET", "k", "1e5");
    assertThat(store.show("INCRBYFLOAT", "k", "0.1")).isEqualTo("100000.10000000000000142");
  }

  @Test
  void addsToAnInteger() {
    store.run("SET", "k", "3");
    assertThat(store.show("INCRBYFLOAT", "k", "1.5")).isEqualTo("4.5");
    assertThat(store.show("INCRBYFLOAT", "k", "1.5")).isEqualTo("6");
    assertThat(store.show("INCR", "k")).isEqualTo("7");
  }

  @Test
  void readsHexadecimalDigitsAndPowers() {
    assertThat(store.show("INCRBYFLOAT", "k", "0x10")).isEqualTo("16");
    assertThat(store.show("INCRBYFLOAT", "k", "5.0e3")).isEqualTo("5016");
  }

  @Test
  void refusesInfinities() {
    assertThat(store.show("INCRBYFLOAT", "k", "inf"))
        .isEqualTo("!ERR increment would produce NaN or Infinity");
    assertThat(store.show("INCRBYFLOAT", "k", "-Infinity"))
        .isEqualTo("!ERR increment would produce NaN or Infinity");
    assertThat(store.show("GET", "k")).isEqualTo("nil");
    store.run("SET", "k", "inf");
    assertThat(store.show("INCRBYFLOAT", "k", "1"))
        .isEqualTo("!ERR increment would produce NaN or Infinity");
    assertThat(store.show("GET", "k")).isEqualTo("inf");
  }

  @Test
  void refusesSumsThatAreTooLarge() {
    store.run("SET", "k", "1e4932");
    assertThat(store.show("INCRBYFLOAT", "k", "1e4932"))
        .isEqualTo("!ERR increment would produce NaN or Infinity");
    assertThat(store.show("GET", "k")).isEqualTo("1e4932");
  }

  @Test
  void refusesWhatIsNoNumber() {
    for (String number :
        new String[] {"nan", "", "abc", "1 ", " 1", "1e", "0x", "1e4933", "1e-5000"}) {
      assertThat(store.show("INCRBYFLOAT", "k", number))
          .as(number)
          .isEqualTo("!ERR value is not a valid float");
      store.run("SET", "v", number);
      assertThat(store.show("INCRBYFLOAT", "v", "1"))
          .as(number)
          .isEqualTo("!ERR value is not a valid float");
    }
    assertThat(store.show("GET", "k")).isEqualTo("nil");
  }

  @Test
  void keepsTheExpiry() {
    store.run("SET", "k", "1", "EX", "100");
    store.run("INCRBYFLOAT", "k", "0.5");
    assertThat(store.expiry("k")).isEqualTo(TestStore.START + 100_000);
  }

  @Test
  void leavesTheSumInTheHistory() {
    store.run("SET", "k", "1");
    store.takeEffects();
    store.run("INCRBYFLOAT", "k", "0.5");
    assertThat(store.takeEffects())
        .containsExactly(new Effect.Set(0, Bytes.utf8("k"), Bytes.utf8("1.5"), Record.NO_EXPIRY));
  }

  @Test
  void looksAtTheTypeFirst() {
    store.plant("list", ValueType.LIST);
    assertThat(store.show("INCRBYFLOAT", "list", "abc"))
        .isEqualTo("!WRONGTYPE Operation against a key holding the wrong kind of value");
  }

  @Test
  void refusesAWrongNumberOfWords() {
    assertThat(store.show("INCRBYFLOAT", "k"))
        .isEqualTo("!ERR wrong number of arguments for 'incrbyfloat' command");
    assertThat(store.show("INCRBYFLOAT", "k", "1", "2"))
        .isEqualTo("!ERR wrong number of arguments for 'incrbyfloat' command");
  }
}
