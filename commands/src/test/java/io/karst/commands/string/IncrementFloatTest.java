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
    assertThat(store.line("INCRBYFLOAT k 10.50")).isEqualTo("10.5");
    assertThat(store.line("INCRBYFLOAT k 0.1")).isEqualTo("10.6");
    assertThat(store.line("INCRBYFLOAT k -5")).isEqualTo("5.6");
    assertThat(store.line("GET k")).isEqualTo("5.6");
    store.line("SET k 1e5");
    assertThat(store.line("INCRBYFLOAT k 0.1")).isEqualTo("100000.10000000000000142");
  }

  @Test
  void addsToAnInteger() {
    store.line("SET k 3");
    assertThat(store.line("INCRBYFLOAT k 1.5")).isEqualTo("4.5");
    assertThat(store.line("INCRBYFLOAT k 1.5")).isEqualTo("6");
    assertThat(store.line("INCR k")).isEqualTo("7");
  }

  @Test
  void readsHexadecimalDigitsAndPowers() {
    assertThat(store.line("INCRBYFLOAT k 0x10")).isEqualTo("16");
    assertThat(store.line("INCRBYFLOAT k 5.0e3")).isEqualTo("5016");
  }

  @Test
  void refusesInfinities() {
    assertThat(store.line("INCRBYFLOAT k inf"))
        .isEqualTo("!ERR increment would produce NaN or Infinity");
    assertThat(store.line("INCRBYFLOAT k -Infinity"))
        .isEqualTo("!ERR increment would produce NaN or Infinity");
    assertThat(store.line("GET k")).isEqualTo("nil");
    store.line("SET k inf");
    assertThat(store.line("INCRBYFLOAT k 1"))
        .isEqualTo("!ERR increment would produce NaN or Infinity");
    assertThat(store.line("GET k")).isEqualTo("inf");
  }

  @Test
  void refusesSumsThatAreTooLarge() {
    store.line("SET k 1e4932");
    assertThat(store.line("INCRBYFLOAT k 1e4932"))
        .isEqualTo("!ERR increment would produce NaN or Infinity");
    assertThat(store.line("GET k")).isEqualTo("1e4932");
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
    assertThat(store.line("GET k")).isEqualTo("nil");
  }

  @Test
  void keepsTheExpiry() {
    store.line("SET k 1 EX 100");
    store.line("INCRBYFLOAT k 0.5");
    assertThat(store.expiry("k")).isEqualTo(TestStore.START + 100_000);
  }

  @Test
  void leavesTheSumInTheHistory() {
    store.line("SET k 1");
    store.takeEffects();
    store.line("INCRBYFLOAT k 0.5");
    assertThat(store.takeEffects())
        .containsExactly(new Effect.Set(0, Bytes.utf8("k"), Bytes.utf8("1.5"), Record.NO_EXPIRY));
  }

  @Test
  void looksAtTheTypeFirst() {
    store.plant("list", ValueType.LIST);
    assertThat(store.line("INCRBYFLOAT list abc"))
        .isEqualTo("!WRONGTYPE Operation against a key holding the wrong kind of value");
  }

  @Test
  void refusesAWrongNumberOfWords() {
    assertThat(store.line("INCRBYFLOAT k"))
        .isEqualTo("!ERR wrong number of arguments for 'incrbyfloat' command");
    assertThat(store.line("INCRBYFLOAT k 1 2"))
        .isEqualTo("!ERR wrong number of arguments for 'incrbyfloat' command");
  }
}
