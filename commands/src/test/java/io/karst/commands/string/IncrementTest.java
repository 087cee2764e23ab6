package io.karst.commands.string;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.commands.TestStore;
import io.karst.value.ValueType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class IncrementTest {
  private final TestStore store = new TestStore();

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void countsFromZero() {
    assertThat(store.line("INCR k")).isEqualTo("1");
    assertThat(store.line("INCRBY k 10")).isEqualTo("11");
    assertThat(store.line("DECR k")).isEqualTo("10");
    assertThat(store.line("DECRBY k 3")).isEqualTo("7");
    assertThat(store.line("DECRBY k -3")).isEqualTo("10");
    assertThat(store.line("GET k")).isEqualTo("10");
  }

  @Test
  void overflowLeavesTheKeyUnchanged() {
    store.line("SET k 9223372036854775807");
    assertThat(store.line("INCR k")).isEqualTo("!ERR increment or decrement would overflow");
    assertThat(store.line("INCRBY k 1")).isEqualTo("!ERR increment or decrement would overflow");
    assertThat(store.line("DECRBY k -1")).isEqualTo("!ERR increment or decrement would overflow");
    assertThat(store.line("GET k")).isEqualTo("9223372036854775807");
    store.line("SET k -9223372036854775808");
    assertThat(store.line("DECR k")).isEqualTo("!ERR increment or decrement would overflow");
    assertThat(store.line("INCRBY k -1")).isEqualTo("!ERR increment or decrement would overflow");
    assertThat(store.line("GET k")).isEqualTo("-9223372036854775808");
  }

  @Test
  void reachesTheEndsOfTheRange() {
    assertThat(store.line("INCRBY k 9223372036854775807")).isEqualTo("9223372036854775807");
    assertThat(store.line("INCRBY k -9223372036854775808")).isEqualTo("-1");
    assertThat(store.line("INCRBY k -9223372036854775807")).isEqualTo("-9223372036854775808");
  }

  @Test
  void cannotSubtractTheSmallestNumber() {
    assertThat(store.line("DECRBY k -9223372036854775808"))
        .isEqualTo("!ERR decrement would overflow");
    assertThat(store.line("GET k")).isEqualTo("nil");
  }

  @Test
  void refusesValuesThatAreNoIntegers() {
    for (String value :
        new String[] {"", " 1", "1 ", "01", "+1", "-0", "1.0", "abc", "9223372036854775808", "-"}) {
      store.run("SET", "k", value);
      assertThat(store.show("INCR", "k"))
          .as(value)
          .isEqualTo("!ERR value is not an integer or out of range");
      assertThat(store.show("GET", "k")).isEqualTo(value);
    }
  }

  @Test
  void refusesIncrementsBeforeItLooksAtTheKey() {
    store.plant("list", ValueType.LIST);
    assertThat(store.line("INCRBY list a"))
        .isEqualTo("!ERR value is not an integer or out of range");
    assertThat(store.line("DECRBY list 1.5"))
        .isEqualTo("!ERR value is not an integer or out of range");
    assertThat(store.line("INCRBY list 9223372036854775808"))
        .isEqualTo("!ERR value is not an integer or out of range");
  }

  @Test
  void keepsTheExpiry() {
    store.line("SET k 1 EX 100");
    store.line("INCR k");
    assertThat(store.expiry("k")).isEqualTo(TestStore.START + 100_000);
  }

  @Test
  void startsAnewOnceTheKeyHasExpired() {
    store.line("SET k 41 PX 10");
    store.advance(10);
    assertThat(store.line("INCR k")).isEqualTo("1");
  }

  @Test
  void refusesAWrongNumberOfWords() {
    assertThat(store.line("INCR")).isEqualTo("!ERR wrong number of arguments for 'incr' command");
    assertThat(store.line("INCR a b"))
        .isEqualTo("!ERR wrong number of arguments for 'incr' command");
  }

  @Test
  void byTakesTwoWords() {
    assertThat(store.line("INCRBY k"))
        .isEqualTo("!ERR wrong number of arguments for 'incrby' command");
    assertThat(store.line("DECRBY k"))
        .isEqualTo("!ERR wrong number of arguments for 'decrby' command");
    assertThat(store.line("DECR")).isEqualTo("!ERR wrong number of arguments for 'decr' command");
  }

  @Test
  void refusesAnotherType() {
    store.plant("list", ValueType.LIST);
    assertThat(store.line("INCR list"))
        .isEqualTo("!WRONGTYPE Operation against a key holding the wrong kind of value");
    assertThat(store.line("DECRBY list 1"))
        .isEqualTo("!WRONGTYPE Operation against a key holding the wrong kind of value");
  }
}
