package io.karst.commands.string;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.base.Bytes;
import io.karst.commands.Reply;
import io.karst.commands.TestStore;
import io.karst.memory.Record;
import io.karst.value.ValueType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class IncrementWithinTest {
  private final TestStore store = new TestStore();

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void addsOneByDefault() {
    assertThat(store.line("INCREX k")).isEqualTo("[1, 1]");
    store.line("SET k 10");
    assertThat(store.line("INCREX k")).isEqualTo("[11, 1]");
  }

  @Test
  void addsIntegers() {
    store.line("SET k 100");
    assertThat(store.line("INCREX k BYINT 5")).isEqualTo("[105, 5]");
    assertThat(store.line("INCREX k BYINT -10")).isEqualTo("[95, -10]");
    assertThat(store.line("INCREX k byint 0")).isEqualTo("[95, 0]");
  }

  @Test
  void addsNumbers() {
    store.line("SET k 1.5");
    assertThat(store.line("INCREX k BYFLOAT 0.25")).isEqualTo("[1.75, 0.25]");
    assertThat(store.line("INCREX k BYFLOAT 1")).isEqualTo("[2.75, 1]");
    assertThat(store.line("GET k")).isEqualTo("2.75");
  }

  @Test
  void answersDoublesInRealMode() {
    store.line("SET k 1");
    assertThat(store.run("INCREX", "k", "BYFLOAT", "1.5"))
        .isEqualTo(
            Reply.array(
                new Reply.RealText(Bytes.utf8("2.5")), new Reply.RealText(Bytes.utf8("1.5"))));
  }

  @Test
  void changesNothingOutOfBounds() {
    store.line("SET k 10 EX 100");
    store.takeEffects();
    assertThat(store.line("INCREX k BYINT 10 UBOUND 15 EX 5")).isEqualTo("[10, 0]");
    assertThat(store.line("INCREX k BYINT -10 LBOUND 5 PERSIST")).isEqualTo("[10, 0]");
    assertThat(store.line("INCREX k BYINT 5 LBOUND 20")).isEqualTo("[10, 0]");
    assertThat(store.line("INCREX k BYFLOAT 5.5 UBOUND 15")).isEqualTo("[10, 0]");
    assertThat(store.line("INCREX k BYFLOAT -1 LBOUND 9.5")).isEqualTo("[10, 0]");
    assertThat(store.line("INCREX k BYINT 9223372036854775807")).isEqualTo("[10, 0]");
    assertThat(store.line("INCREX k BYINT 5 LBOUND 10 UBOUND 10")).isEqualTo("[10, 0]");
    assertThat(store.takeEffects()).isEmpty();
    assertThat(store.expiry("k")).isEqualTo(TestStore.START + 100_000);
  }

  @Test
  void createsNoKeyOutOfBounds() {
    assertThat(store.line("INCREX k UBOUND 0")).isEqualTo("[0, 0]");
    assertThat(store.line("INCREX k BYFLOAT -0.5 UBOUND -1.5")).isEqualTo("[0, 0]");
    assertThat(store.line("GET k")).isEqualTo("nil");
  }

  @Test
  void bringsAValueBackIntoBounds() {
    store.line("SET k 50");
    assertThat(store.line("INCREX k BYINT -25 UBOUND 30")).isEqualTo("[25, -25]");
  }

  @Test
  void acceptsTheBoundItself() {
    store.line("SET k 5");
    assertThat(store.line("INCREX k BYINT 5 UBOUND 10")).isEqualTo("[10, 5]");
    assertThat(store.line("INCREX k BYINT -10 LBOUND 0")).isEqualTo("[0, -10]");
  }

  @Test
  void saturates() {
    store.line("SET k 50");
    assertThat(store.line("INCREX k BYINT 100 UBOUND 80 SATURATE")).isEqualTo("[80, 30]");
    assertThat(store.line("INCREX k SATURATE LBOUND 90 BYINT -5")).isEqualTo("[90, 10]");
    assertThat(store.line("INCREX k BYINT 5 UBOUND 30 SATURATE")).isEqualTo("[30, -60]");
    store.line("SET k 10");
    assertThat(store.line("INCREX k BYFLOAT 100 UBOUND 42.5 SATURATE")).isEqualTo("[42.5, 32.5]");
    assertThat(store.line("INCREX k BYFLOAT -100 LBOUND -5.5 SATURATE")).isEqualTo("[-5.5, -48]");
  }

  @Test
  void saturatesAtTheEndsOfTheType() {
    store.line("SET k 9223372036854775800");
    assertThat(store.line("INCREX k BYINT 9223372036854775800 SATURATE"))
        .isEqualTo("[9223372036854775807, 7]");
    assertThat(store.line("INCREX k SATURATE")).isEqualTo("[9223372036854775807, 0]");
    store.line("SET k -9223372036854775800");
    assertThat(store.line("INCREX k BYINT -9223372036854775800 SATURATE"))
        .isEqualTo("[-9223372036854775808, -8]");
    store.line("SET k 1e4932");
    assertThat(store.show("INCREX", "k", "BYFLOAT", "1e4932", "SATURATE"))
        .startsWith("[11897314953572317650");
  }

  @Test
  void refusesADifferenceThatDoesNotFit() {
    store.line("SET k 9223372036854775800");
    assertThat(store.line("INCREX k SATURATE UBOUND -9223372036854775808"))
        .isEqualTo("!ERR applied increment would overflow");
    assertThat(store.line("GET k")).isEqualTo("9223372036854775800");
    store.line("SET k 10");
    assertThat(store.line("INCREX k BYFLOAT 1 LBOUND inf UBOUND inf SATURATE"))
        .isEqualTo("!ERR applied increment would be Infinity");
    assertThat(store.line("INCREX k BYFLOAT 1 LBOUND -inf UBOUND -inf SATURATE"))
        .isEqualTo("!ERR applied increment would be Infinity");
    store.line("SET k -1e4932");
    assertThat(store.line("INCREX k BYFLOAT 1e4932 LBOUND 1e4932 SATURATE"))
        .isEqualTo("!ERR applied increment would be Infinity");
  }

  @Test
  void takesInfiniteBounds() {
    store.line("SET k 10");
    assertThat(store.line("INCREX k BYFLOAT 1 UBOUND inf LBOUND -inf")).isEqualTo("[11, 1]");
    assertThat(store.line("INCREX k BYFLOAT 1 LBOUND inf UBOUND inf")).isEqualTo("[11, 0]");
  }

  @Test
  void setsTheExpiry() {
    store.line("INCREX k EX 100");
    assertThat(store.expiry("k")).isEqualTo(TestStore.START + 100_000);
    store.line("INCREX k");
    assertThat(store.expiry("k")).isEqualTo(TestStore.START + 100_000);
    store.line("INCREX k PX 10");
    assertThat(store.expiry("k")).isEqualTo(TestStore.START + 10);
    store.line("INCREX k PERSIST");
    assertThat(store.expiry("k")).isEqualTo(Record.NO_EXPIRY);
    store.line("INCREX k PXAT 1800000000001");
    assertThat(store.expiry("k")).isEqualTo(1_800_000_000_001L);
    store.line("INCREX k EXAT 1800000000");
    assertThat(store.expiry("k")).isEqualTo(1_800_000_000_000L);
  }

  @Test
  void setsTheExpiryOnlyIfThereIsNone() {
    assertThat(store.line("INCREX k EX 100 ENX")).isEqualTo("[1, 1]");
    assertThat(store.expiry("k")).isEqualTo(TestStore.START + 100_000);
    assertThat(store.line("INCREX k EX 5 ENX")).isEqualTo("[2, 1]");
    assertThat(store.expiry("k")).isEqualTo(TestStore.START + 100_000);
    assertThat(store.line("INCREX k EXAT 1 ENX")).isEqualTo("[3, 1]");
    assertThat(store.expiry("k")).isEqualTo(TestStore.START + 100_000);
  }

  @Test
  void deletesTheKeyForATimeInThePast() {
    store.line("SET k 10");
    assertThat(store.line("INCREX k EXAT 1")).isEqualTo("[11, 1]");
    assertThat(store.line("GET k")).isEqualTo("nil");
    assertThat(store.line("INCREX k PXAT 1 ENX")).isEqualTo("[1, 1]");
    assertThat(store.line("GET k")).isEqualTo("nil");
  }

  @Test
  void refusesOptionsThatDoNotGoTogether() {
    assertThat(store.line("INCREX k FOO")).isEqualTo("!ERR syntax error");
    assertThat(store.line("INCREX k BYINT 1 FOO")).isEqualTo("!ERR syntax error");
    assertThat(store.line("INCREX k BYINT 1 BYFLOAT 1")).isEqualTo("!ERR syntax error");
    assertThat(store.line("INCREX k BYFLOAT 1 BYINT 1")).isEqualTo("!ERR syntax error");
    assertThat(store.line("INCREX k BYINT 1 BYINT 2")).isEqualTo("!ERR syntax error");
    assertThat(store.line("INCREX k LBOUND 0 LBOUND 0")).isEqualTo("!ERR syntax error");
    assertThat(store.line("INCREX k UBOUND 9 UBOUND 9")).isEqualTo("!ERR syntax error");
    assertThat(store.line("INCREX k SATURATE SATURATE")).isEqualTo("!ERR syntax error");
    assertThat(store.line("INCREX k ENX ENX EX 10")).isEqualTo("!ERR syntax error");
    assertThat(store.line("INCREX k PERSIST PERSIST")).isEqualTo("!ERR syntax error");
    assertThat(store.line("INCREX k EX 10 EX 20")).isEqualTo("!ERR syntax error");
    assertThat(store.line("INCREX k EX 10 PX 20")).isEqualTo("!ERR syntax error");
    assertThat(store.line("INCREX k EX 10 PERSIST")).isEqualTo("!ERR syntax error");
    assertThat(store.line("INCREX k PERSIST EX 10")).isEqualTo("!ERR syntax error");
    assertThat(store.line("INCREX k PERSIST ENX")).isEqualTo("!ERR syntax error");
    assertThat(store.line("INCREX k ENX PERSIST")).isEqualTo("!ERR syntax error");
    assertThat(store.line("INCREX k BYINT")).isEqualTo("!ERR syntax error");
    assertThat(store.line("INCREX k LBOUND")).isEqualTo("!ERR syntax error");
    assertThat(store.line("INCREX k UBOUND")).isEqualTo("!ERR syntax error");
    assertThat(store.line("INCREX k EX")).isEqualTo("!ERR syntax error");
    assertThat(store.line("INCREX k KEEPTTL")).isEqualTo("!ERR syntax error");
    assertThat(store.line("INCREX k NX")).isEqualTo("!ERR syntax error");
    assertThat(store.line("INCREX k ENX")).isEqualTo("!ERR ENX flag requires an expiration");
    assertThat(store.line("GET k")).isEqualTo("nil");
  }

  @Test
  void refusesWhatIsNoNumber() {
    assertThat(store.line("INCREX k BYINT abc"))
        .isEqualTo("!ERR Increment is not an integer or out of range");
    assertThat(store.line("INCREX k BYINT 1.5"))
        .isEqualTo("!ERR Increment is not an integer or out of range");
    assertThat(store.line("INCREX k BYFLOAT abc")).isEqualTo("!ERR Increment is not a valid float");
    assertThat(store.line("INCREX k BYFLOAT nan")).isEqualTo("!ERR Increment is not a valid float");
    assertThat(store.line("INCREX k BYFLOAT 1e99999"))
        .isEqualTo("!ERR Increment is not a valid float");
    assertThat(store.line("INCREX k BYFLOAT +inf"))
        .isEqualTo("!ERR BYFLOAT increment cannot be Infinity");
    assertThat(store.line("INCREX k LBOUND abc"))
        .isEqualTo("!ERR LBOUND is not an integer or out of range");
    assertThat(store.line("INCREX k UBOUND 12.5"))
        .isEqualTo("!ERR UBOUND is not an integer or out of range");
    assertThat(store.line("INCREX k UBOUND inf"))
        .isEqualTo("!ERR UBOUND is not an integer or out of range");
    assertThat(store.line("INCREX k BYFLOAT 1 LBOUND abc"))
        .isEqualTo("!ERR LBOUND is not a valid float");
    assertThat(store.line("INCREX k BYFLOAT 1 UBOUND abc"))
        .isEqualTo("!ERR UBOUND is not a valid float");
    assertThat(store.line("INCREX k LBOUND 10 UBOUND 5"))
        .isEqualTo("!ERR LBOUND can't be greater than UBOUND");
    assertThat(store.line("INCREX k BYFLOAT 1 LBOUND 10.5 UBOUND 1.5"))
        .isEqualTo("!ERR LBOUND can't be greater than UBOUND");
    assertThat(store.line("INCREX k BYFLOAT 1 UBOUND -inf"))
        .isEqualTo("!ERR LBOUND can't be greater than UBOUND");
    assertThat(store.line("INCREX k EX 0"))
        .isEqualTo("!ERR invalid expire time in 'increx' command");
    assertThat(store.line("INCREX k PX -1"))
        .isEqualTo("!ERR invalid expire time in 'increx' command");
    assertThat(store.line("INCREX k EX a"))
        .isEqualTo("!ERR value is not an integer or out of range");
    assertThat(store.line("GET k")).isEqualTo("nil");
  }

  @Test
  void refusesValuesOfAnotherKind() {
    store.line("SET k hello");
    assertThat(store.line("INCREX k")).isEqualTo("!ERR value is not an integer or out of range");
    assertThat(store.line("INCREX k BYFLOAT 1")).isEqualTo("!ERR value is not a valid float");
    store.line("SET k 1.5");
    assertThat(store.line("INCREX k")).isEqualTo("!ERR value is not an integer or out of range");
    store.line("SET k inf");
    assertThat(store.line("INCREX k BYFLOAT 1")).isEqualTo("!ERR value cannot be Infinity");
    assertThat(store.line("INCREX k")).isEqualTo("!ERR value is not an integer or out of range");
    assertThat(store.line("GET k")).isEqualTo("inf");
  }

  @Test
  void refusesAWrongNumberOfWords() {
    assertThat(store.line("INCREX"))
        .isEqualTo("!ERR wrong number of arguments for 'increx' command");
  }

  @Test
  void refusesAnotherType() {
    store.plant("list", ValueType.LIST);
    assertThat(store.line("INCREX list"))
        .isEqualTo("!WRONGTYPE Operation against a key holding the wrong kind of value");
    assertThat(store.line("INCREX list BYFLOAT 1"))
        .isEqualTo("!WRONGTYPE Operation against a key holding the wrong kind of value");
    assertThat(store.line("INCREX list EXAT 1"))
        .isEqualTo("!WRONGTYPE Operation against a key holding the wrong kind of value");
  }
}
