package io.karst.commands.string;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.commands.TestStore;
import io.karst.memory.Record;
import io.karst.value.ValueType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GetAndExpireTest {
  private final TestStore store = new TestStore();

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void onlyReadsWithoutAnOption() {
    store.line("SET k v EX 100");
    store.takeEffects();
    assertThat(store.line("GETEX k")).isEqualTo("v");
    assertThat(store.expiry("k")).isEqualTo(TestStore.START + 100_000);
    assertThat(store.takeEffects()).isEmpty();
  }

  @Test
  void setsTheExpiryInEveryUnit() {
    store.line("SET k v");
    assertThat(store.line("GETEX k EX 10")).isEqualTo("v");
    assertThat(store.expiry("k")).isEqualTo(TestStore.START + 10_000);
    assertThat(store.line("GETEX k px 10")).isEqualTo("v");
    assertThat(store.expiry("k")).isEqualTo(TestStore.START + 10);
    assertThat(store.line("GETEX k EXAT 1800000000")).isEqualTo("v");
    assertThat(store.expiry("k")).isEqualTo(1_800_000_000_000L);
    assertThat(store.line("GETEX k PXAT 1800000000001")).isEqualTo("v");
    assertThat(store.expiry("k")).isEqualTo(1_800_000_000_001L);
  }

  @Test
  void removesTheExpiry() {
    store.line("SET k v EX 100");
    assertThat(store.line("GETEX k PERSIST")).isEqualTo("v");
    assertThat(store.expiry("k")).isEqualTo(Record.NO_EXPIRY);
    store.takeEffects();
    assertThat(store.line("GETEX k PERSIST")).isEqualTo("v");
    assertThat(store.takeEffects()).isEmpty();
  }

  @Test
  void deletesTheKeyForATimeInThePast() {
    store.line("SET k v");
    assertThat(store.line("GETEX k EXAT 1")).isEqualTo("v");
    assertThat(store.line("GET k")).isEqualTo("nil");
  }

  @Test
  void answersNilForAMissingKeyWhateverTheTime() {
    assertThat(store.line("GETEX k EX 0")).isEqualTo("nil");
    assertThat(store.line("GETEX k EX nonsense")).isEqualTo("nil");
  }

  @Test
  void refusesTimesThatAreNone() {
    store.line("SET k v");
    assertThat(store.line("GETEX k EX 0")).isEqualTo("!ERR invalid expire time in 'getex' command");
    assertThat(store.line("GETEX k PX -1"))
        .isEqualTo("!ERR invalid expire time in 'getex' command");
    assertThat(store.line("GETEX k EX 9223372036854775807"))
        .isEqualTo("!ERR invalid expire time in 'getex' command");
    assertThat(store.line("GETEX k EX 1.5"))
        .isEqualTo("!ERR value is not an integer or out of range");
  }

  @Test
  void refusesOptionsThatDoNotGoTogether() {
    store.line("SET k v");
    assertThat(store.line("GETEX k EX 10 PX 10")).isEqualTo("!ERR syntax error");
    assertThat(store.line("GETEX k EX 10 PERSIST")).isEqualTo("!ERR syntax error");
    assertThat(store.line("GETEX k PERSIST EX 10")).isEqualTo("!ERR syntax error");
    assertThat(store.line("GETEX k KEEPTTL")).isEqualTo("!ERR syntax error");
    assertThat(store.line("GETEX k EX")).isEqualTo("!ERR syntax error");
    assertThat(store.line("GETEX none FOO")).isEqualTo("!ERR syntax error");
  }

  @Test
  void refusesAWrongNumberOfWords() {
    assertThat(store.line("GETEX")).isEqualTo("!ERR wrong number of arguments for 'getex' command");
  }

  @Test
  void refusesAnotherType() {
    store.plant("list", ValueType.LIST);
    assertThat(store.line("GETEX list"))
        .isEqualTo("!WRONGTYPE Operation against a key holding the wrong kind of value");
    assertThat(store.line("GETEX list EX 0"))
        .isEqualTo("!WRONGTYPE Operation against a key holding the wrong kind of value");
  }
}
