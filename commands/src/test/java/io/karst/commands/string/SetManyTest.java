package io.karst.commands.string;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.commands.TestStore;
import io.karst.memory.Record;
import io.karst.value.ValueType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SetManyTest {
  private final TestStore store = new TestStore();

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void setsAllKeys() {
    assertThat(store.line("MSET a 1 b 2")).isEqualTo("OK");
    assertThat(store.line("MGET a b")).isEqualTo("[1, 2]");
  }

  @Test
  void keepsTheLastValueOfAKeyNamedTwice() {
    assertThat(store.line("MSET a 1 a 2")).isEqualTo("OK");
    assertThat(store.line("GET a")).isEqualTo("2");
    assertThat(store.line("MSETNX b 1 b 2")).isEqualTo("1");
    assertThat(store.line("GET b")).isEqualTo("2");
    assertThat(store.line("MSETEX 2 c 1 c 2 NX")).isEqualTo("1");
    assertThat(store.line("GET c")).isEqualTo("2");
  }

  @Test
  void dropsExpiries() {
    store.line("SET a 1 EX 100");
    store.line("MSET a 2");
    assertThat(store.expiry("a")).isEqualTo(Record.NO_EXPIRY);
  }

  @Test
  void setsNoneIfOneExists() {
    store.line("SET b old");
    assertThat(store.line("MSETNX a 1 b 2")).isEqualTo("0");
    assertThat(store.line("MGET a b")).isEqualTo("[nil, old]");
    assertThat(store.line("MSETNX a 1 c 2")).isEqualTo("1");
  }

  @Test
  void setsAllWithOneExpiry() {
    assertThat(store.line("MSETEX 2 a 1 b 2 EX 100")).isEqualTo("1");
    assertThat(store.expiry("a")).isEqualTo(TestStore.START + 100_000);
    assertThat(store.expiry("b")).isEqualTo(TestStore.START + 100_000);
    assertThat(store.line("MSETEX 2 a 3 b 4 KEEPTTL")).isEqualTo("1");
    assertThat(store.expiry("a")).isEqualTo(TestStore.START + 100_000);
    assertThat(store.line("MSETEX 1 a 5")).isEqualTo("1");
    assertThat(store.expiry("a")).isEqualTo(Record.NO_EXPIRY);
    assertThat(store.line("MSETEX 1 b 6 PXAT 1")).isEqualTo("1");
    assertThat(store.line("GET b")).isEqualTo("nil");
  }

  @Test
  void setsAllOrNoneUnderACondition() {
    store.line("SET b old");
    assertThat(store.line("MSETEX 2 a 1 b 2 NX")).isEqualTo("0");
    assertThat(store.line("MSETEX 2 a 1 b 2 XX EX 9")).isEqualTo("0");
    assertThat(store.line("MGET a b")).isEqualTo("[nil, old]");
    assertThat(store.line("MSETEX 1 b 2 XX")).isEqualTo("1");
    assertThat(store.line("MSETEX 1 a 1 EX 100 NX")).isEqualTo("1");
    assertThat(store.expiry("a")).isEqualTo(TestStore.START + 100_000);
  }

  @Test
  void seesADueKeyAsMissing() {
    store.line("SET a 1 PX 10");
    store.advance(10);
    assertThat(store.line("MSETNX a 2")).isEqualTo("1");
  }

  @Test
  void replacesOtherTypes() {
    store.plant("list", ValueType.LIST);
    assertThat(store.line("MSETNX list 1")).isEqualTo("0");
    assertThat(store.line("MSET list 1")).isEqualTo("OK");
    assertThat(store.line("GET list")).isEqualTo("1");
  }

  @Test
  void refusesAnOddNumberOfWords() {
    assertThat(store.line("MSET a 1 b"))
        .isEqualTo("!ERR wrong number of arguments for 'mset' command");
    assertThat(store.line("MSETNX a 1 b"))
        .isEqualTo("!ERR wrong number of arguments for 'msetnx' command");
    assertThat(store.line("MSET a")).isEqualTo("!ERR wrong number of arguments for 'mset' command");
    assertThat(store.line("MSETEX 1 a"))
        .isEqualTo("!ERR wrong number of arguments for 'msetex' command");
    assertThat(store.line("GET a")).isEqualTo("nil");
  }

  @Test
  void refusesNumbersOfKeysThatAreNone() {
    assertThat(store.line("MSETEX 0 a 1")).isEqualTo("!ERR invalid numkeys value");
    assertThat(store.line("MSETEX -1 a 1")).isEqualTo("!ERR invalid numkeys value");
    assertThat(store.line("MSETEX a a 1")).isEqualTo("!ERR invalid numkeys value");
    assertThat(store.line("MSETEX 2147483648 a 1")).isEqualTo("!ERR invalid numkeys value");
    assertThat(store.line("MSETEX 1.5 a 1")).isEqualTo("!ERR invalid numkeys value");
    assertThat(store.line("MSETEX 2 a 1 b")).isEqualTo("!ERR wrong number of key-value pairs");
    assertThat(store.line("MSETEX 2147483647 a 1 b"))
        .isEqualTo("!ERR wrong number of key-value pairs");
  }

  @Test
  void refusesOptionsThatDoNotGoTogether() {
    assertThat(store.line("MSETEX 1 a 1 NX XX")).isEqualTo("!ERR syntax error");
    assertThat(store.line("MSETEX 1 a 1 EX 10 PX 10")).isEqualTo("!ERR syntax error");
    assertThat(store.line("MSETEX 1 a 1 KEEPTTL EX 10")).isEqualTo("!ERR syntax error");
    assertThat(store.line("MSETEX 1 a 1 EX")).isEqualTo("!ERR syntax error");
    assertThat(store.line("MSETEX 1 a 1 GET")).isEqualTo("!ERR syntax error");
    assertThat(store.line("MSETEX 1 a 1 IFEQ 1")).isEqualTo("!ERR syntax error");
    assertThat(store.line("MSETEX 1 a 1 PERSIST")).isEqualTo("!ERR syntax error");
    assertThat(store.line("MSETEX 1 a 1 FOO")).isEqualTo("!ERR syntax error");
    assertThat(store.line("MSETEX 1 a 1 EX 0"))
        .isEqualTo("!ERR invalid expire time in 'msetex' command");
    assertThat(store.line("MSETEX 1 a 1 EX a"))
        .isEqualTo("!ERR value is not an integer or out of range");
    assertThat(store.line("GET a")).isEqualTo("nil");
  }
}
