package io.karst.commands.string;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.base.Limits;
import io.karst.commands.TestStore;
import io.karst.memory.Record;
import io.karst.value.ValueType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SetTest {
  private final TestStore store = new TestStore();

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void setsAndReplaces() {
    assertThat(store.line("SET k v")).isEqualTo("OK");
    assertThat(store.line("GET k")).isEqualTo("v");
    assertThat(store.line("SET k w")).isEqualTo("OK");
    assertThat(store.line("GET k")).isEqualTo("w");
  }

  @Test
  void replacesOtherTypes() {
    store.plant("list", ValueType.LIST);
    assertThat(store.line("SET list v")).isEqualTo("OK");
    assertThat(store.line("GET list")).isEqualTo("v");
  }

  @Test
  void dropsTheExpiryUnlessToldToKeepIt() {
    store.line("SET k v EX 100");
    assertThat(store.expiry("k")).isEqualTo(TestStore.START + 100_000);
    store.line("SET k w KEEPTTL");
    assertThat(store.expiry("k")).isEqualTo(TestStore.START + 100_000);
    store.line("SET k x");
    assertThat(store.expiry("k")).isEqualTo(Record.NO_EXPIRY);
    assertThat(store.line("SET new v KEEPTTL")).isEqualTo("OK");
    assertThat(store.expiry("new")).isEqualTo(Record.NO_EXPIRY);
  }

  @Test
  void setsTheExpiryInEveryUnit() {
    store.line("SET k v ex 10");
    assertThat(store.expiry("k")).isEqualTo(TestStore.START + 10_000);
    store.line("SET k v PX 10");
    assertThat(store.expiry("k")).isEqualTo(TestStore.START + 10);
    store.line("SET k v EXAT 1800000000");
    assertThat(store.expiry("k")).isEqualTo(1_800_000_000_000L);
    store.line("SET k v PXAT 1800000000001");
    assertThat(store.expiry("k")).isEqualTo(1_800_000_000_001L);
  }

  @Test
  void deletesTheKeyForATimeInThePast() {
    store.line("SET k v");
    assertThat(store.line("SET k w EXAT 1")).isEqualTo("OK");
    assertThat(store.line("GET k")).isEqualTo("nil");
    assertThat(store.line("SET k w PXAT 1 GET")).isEqualTo("nil");
    assertThat(store.line("GET k")).isEqualTo("nil");
  }

  @Test
  void takesTheLatestTimeThereIs() {
    assertThat(store.line("SET k v PXAT 9223372036854775807")).isEqualTo("OK");
    assertThat(store.expiry("k")).isEqualTo(Limits.EXPIRY_MAX);
    assertThat(store.line("GET k")).isEqualTo("v");
  }

  @Test
  void setsOnlyIfMissing() {
    assertThat(store.line("SET k 1 NX")).isEqualTo("OK");
    assertThat(store.line("SET k 2 nx")).isEqualTo("nil");
    assertThat(store.line("GET k")).isEqualTo("1");
  }

  @Test
  void setsOnlyIfThere() {
    assertThat(store.line("SET k 1 XX")).isEqualTo("nil");
    assertThat(store.line("GET k")).isEqualTo("nil");
    store.line("SET k 1");
    assertThat(store.line("SET k 2 XX")).isEqualTo("OK");
    assertThat(store.line("GET k")).isEqualTo("2");
  }

  @Test
  void looksAtOtherTypesAsThere() {
    store.plant("list", ValueType.LIST);
    assertThat(store.line("SET list v NX")).isEqualTo("nil");
    assertThat(store.line("SET list v XX")).isEqualTo("OK");
  }

  @Test
  void returnsTheOldValue() {
    assertThat(store.line("SET k 1 GET")).isEqualTo("nil");
    assertThat(store.line("SET k 2 GET")).isEqualTo("1");
    assertThat(store.line("SET k 3 GET NX")).isEqualTo("2");
    assertThat(store.line("GET k")).isEqualTo("2");
    assertThat(store.line("SET k 3 XX GET")).isEqualTo("2");
    assertThat(store.line("SET new 1 GET XX")).isEqualTo("nil");
    assertThat(store.line("GET new")).isEqualTo("nil");
    assertThat(store.line("SET new 1 GET NX")).isEqualTo("nil");
    assertThat(store.line("GET new")).isEqualTo("1");
  }

  @Test
  void comparesTheOldValue() {
    assertThat(store.line("SET k w IFEQ v")).isEqualTo("nil");
    assertThat(store.line("GET k")).isEqualTo("nil");
    assertThat(store.line("SET k v IFNE v")).isEqualTo("OK");
    assertThat(store.line("SET k w IFNE v")).isEqualTo("nil");
    assertThat(store.line("SET k w IFEQ v")).isEqualTo("OK");
    assertThat(store.line("SET k x IFEQ v GET")).isEqualTo("w");
    assertThat(store.line("GET k")).isEqualTo("w");
    assertThat(store.line("SET k x IFEQ w GET EX 100")).isEqualTo("w");
    assertThat(store.line("GET k")).isEqualTo("x");
    assertThat(store.expiry("k")).isEqualTo(TestStore.START + 100_000);
  }

  @Test
  void comparesIntegersAsText() {
    store.line("SET k 12345");
    assertThat(store.line("SET k v IFEQ 012345")).isEqualTo("nil");
    assertThat(store.line("SET k v ifeq 12345")).isEqualTo("OK");
  }

  @Test
  void comparesTheDigestOfTheOldValue() {
    store.line("SET k hello");
    assertThat(store.line("SET k w IFDEQ 9555e8555c62dcfe")).isEqualTo("nil");
    assertThat(store.line("SET k w IFDNE 9555e8555c62dcfd")).isEqualTo("nil");
    assertThat(store.line("SET k hello IFDNE 9555e8555c62dcfe")).isEqualTo("OK");
    assertThat(store.line("SET k w IFDEQ 9555E8555C62DCFD")).isEqualTo("OK");
    assertThat(store.line("GET k")).isEqualTo("w");
    assertThat(store.line("SET new v IFDEQ 9555e8555c62dcfd")).isEqualTo("nil");
    assertThat(store.line("SET new v IFDNE 9555e8555c62dcfd")).isEqualTo("OK");
  }

  @Test
  void refusesADigestOfAnotherLength() {
    store.line("SET k v");
    assertThat(store.line("SET k w IFDEQ 555e8555c62dcfd"))
        .isEqualTo("!ERR must be exactly 16 hexadecimal characters");
    assertThat(store.line("SET k w IFDEQ 09555e8555c62dcfd"))
        .isEqualTo("!ERR must be exactly 16 hexadecimal characters");
    assertThat(store.line("SET k w IFDNE 555e8555c62dcfd"))
        .isEqualTo("!ERR must be exactly 16 hexadecimal characters");
    assertThat(store.line("SET k w IFDNE 09555e8555c62dcfd"))
        .isEqualTo("!ERR must be exactly 16 hexadecimal characters");
    assertThat(store.line("GET k")).isEqualTo("v");
  }

  @Test
  void needsAStringToCompareOrReturn() {
    store.plant("list", ValueType.LIST);
    assertThat(store.line("SET list v GET"))
        .isEqualTo("!WRONGTYPE Operation against a key holding the wrong kind of value");
    assertThat(store.line("SET list v GET NX"))
        .isEqualTo("!WRONGTYPE Operation against a key holding the wrong kind of value");
    assertThat(store.line("SET list v IFEQ v"))
        .isEqualTo("!WRONGTYPE Operation against a key holding the wrong kind of value");
    assertThat(store.line("SET list v IFNE v"))
        .isEqualTo("!WRONGTYPE Operation against a key holding the wrong kind of value");
    assertThat(store.line("SET list v IFDEQ 0000000000000000"))
        .isEqualTo("!WRONGTYPE Operation against a key holding the wrong kind of value");
    assertThat(store.line("SET list v IFDNE 0000000000000000"))
        .isEqualTo("!WRONGTYPE Operation against a key holding the wrong kind of value");
    assertThat(store.show("GET", "list"))
        .isEqualTo("!WRONGTYPE Operation against a key holding the wrong kind of value");
  }

  @Test
  void takesTheSameOptionTwice() {
    assertThat(store.line("SET k v EX 10 EX 100")).isEqualTo("OK");
    assertThat(store.expiry("k")).isEqualTo(TestStore.START + 100_000);
    assertThat(store.line("SET k v XX XX GET GET")).isEqualTo("v");
    assertThat(store.line("SET k w IFEQ x IFEQ v")).isEqualTo("OK");
  }

  @Test
  void refusesOptionsThatDoNotGoTogether() {
    assertThat(store.line("SET k v NX XX")).isEqualTo("!ERR syntax error");
    assertThat(store.line("SET k v XX NX")).isEqualTo("!ERR syntax error");
    assertThat(store.line("SET k v NX IFEQ a")).isEqualTo("!ERR syntax error");
    assertThat(store.line("SET k v IFEQ a IFNE b")).isEqualTo("!ERR syntax error");
    assertThat(store.line("SET k v IFDEQ a XX")).isEqualTo("!ERR syntax error");
    assertThat(store.line("SET k v EX 10 PX 10")).isEqualTo("!ERR syntax error");
    assertThat(store.line("SET k v KEEPTTL EX 10")).isEqualTo("!ERR syntax error");
    assertThat(store.line("SET k v EX 10 KEEPTTL")).isEqualTo("!ERR syntax error");
    assertThat(store.line("SET k v EX")).isEqualTo("!ERR syntax error");
    assertThat(store.line("SET k v PX")).isEqualTo("!ERR syntax error");
    assertThat(store.line("SET k v IFEQ")).isEqualTo("!ERR syntax error");
    assertThat(store.line("SET k v PERSIST")).isEqualTo("!ERR syntax error");
    assertThat(store.line("SET k v FOO")).isEqualTo("!ERR syntax error");
    assertThat(store.line("SET k v NX FOO")).isEqualTo("!ERR syntax error");
    assertThat(store.line("GET k")).isEqualTo("nil");
  }

  @Test
  void refusesTimesThatAreNone() {
    assertThat(store.line("SET k v EX 0")).isEqualTo("!ERR invalid expire time in 'set' command");
    assertThat(store.line("SET k v EX -1")).isEqualTo("!ERR invalid expire time in 'set' command");
    assertThat(store.line("SET k v PX 0")).isEqualTo("!ERR invalid expire time in 'set' command");
    assertThat(store.line("SET k v EXAT 0")).isEqualTo("!ERR invalid expire time in 'set' command");
    assertThat(store.line("SET k v PXAT -1"))
        .isEqualTo("!ERR invalid expire time in 'set' command");
    assertThat(store.line("SET k v EX 9223372036854775807"))
        .isEqualTo("!ERR invalid expire time in 'set' command");
    assertThat(store.line("SET k v PX 9223372036854775807"))
        .isEqualTo("!ERR invalid expire time in 'set' command");
    assertThat(store.line("SET k v EX 9223372036854776"))
        .isEqualTo("!ERR invalid expire time in 'set' command");
    assertThat(store.line("SET k v EXAT 9223372036854776"))
        .isEqualTo("!ERR invalid expire time in 'set' command");
    assertThat(store.line("SET k v EX a"))
        .isEqualTo("!ERR value is not an integer or out of range");
    assertThat(store.line("SET k v EX 1.5"))
        .isEqualTo("!ERR value is not an integer or out of range");
    assertThat(store.line("SET k v EX 9223372036854775808"))
        .isEqualTo("!ERR value is not an integer or out of range");
    assertThat(store.line("GET k")).isEqualTo("nil");
  }

  @Test
  void refusesTimesBeforeItLooksAtTheKey() {
    store.plant("list", ValueType.LIST);
    assertThat(store.line("SET list v GET EX 0"))
        .isEqualTo("!ERR invalid expire time in 'set' command");
    assertThat(store.line("SET list v GET FOO")).isEqualTo("!ERR syntax error");
  }

  @Test
  void setNxAnswersWhetherItDid() {
    assertThat(store.line("SETNX k 1")).isEqualTo("1");
    assertThat(store.line("SETNX k 2")).isEqualTo("0");
    assertThat(store.line("GET k")).isEqualTo("1");
    store.line("SET k 1 PX 10");
    store.advance(10);
    assertThat(store.line("SETNX k 2")).isEqualTo("1");
    store.plant("list", ValueType.LIST);
    assertThat(store.line("SETNX list v")).isEqualTo("0");
  }

  @Test
  void setExSetsValueAndExpiry() {
    assertThat(store.line("SETEX k 100 v")).isEqualTo("OK");
    assertThat(store.expiry("k")).isEqualTo(TestStore.START + 100_000);
    assertThat(store.line("PSETEX k 10 w")).isEqualTo("OK");
    assertThat(store.expiry("k")).isEqualTo(TestStore.START + 10);
    assertThat(store.line("GET k")).isEqualTo("w");
  }

  @Test
  void setExRefusesTimesThatAreNone() {
    assertThat(store.line("SETEX k 0 v")).isEqualTo("!ERR invalid expire time in 'setex' command");
    assertThat(store.line("PSETEX k -1 v"))
        .isEqualTo("!ERR invalid expire time in 'psetex' command");
    assertThat(store.line("SETEX k 9223372036854775807 v"))
        .isEqualTo("!ERR invalid expire time in 'setex' command");
    assertThat(store.line("SETEX k a v")).isEqualTo("!ERR value is not an integer or out of range");
    assertThat(store.line("GET k")).isEqualTo("nil");
  }

  @Test
  void getSetReturnsTheOldValue() {
    assertThat(store.line("GETSET k 1")).isEqualTo("nil");
    store.line("SET k v EX 100");
    assertThat(store.line("GETSET k 2")).isEqualTo("v");
    assertThat(store.line("GET k")).isEqualTo("2");
    assertThat(store.expiry("k")).isEqualTo(Record.NO_EXPIRY);
    store.plant("list", ValueType.LIST);
    assertThat(store.line("GETSET list v"))
        .isEqualTo("!WRONGTYPE Operation against a key holding the wrong kind of value");
  }

  @Test
  void refusesAWrongNumberOfWords() {
    assertThat(store.line("SET k")).isEqualTo("!ERR wrong number of arguments for 'set' command");
    assertThat(store.line("SETNX k"))
        .isEqualTo("!ERR wrong number of arguments for 'setnx' command");
    assertThat(store.line("SETNX k a b"))
        .isEqualTo("!ERR wrong number of arguments for 'setnx' command");
    assertThat(store.line("SETEX k 1"))
        .isEqualTo("!ERR wrong number of arguments for 'setex' command");
    assertThat(store.line("PSETEX k 1 v w"))
        .isEqualTo("!ERR wrong number of arguments for 'psetex' command");
    assertThat(store.line("GETSET k"))
        .isEqualTo("!ERR wrong number of arguments for 'getset' command");
  }
}
