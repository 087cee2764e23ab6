package io.karst.commands.generic;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.commands.TestStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ExpireMemberTest {
  private final TestStore store = new TestStore();

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void membersOfSetsGoWhenTheirTimeHasCome() {
    store.line("SADD s a b c");
    assertThat(store.line("EXPIREMEMBER s a 10")).isEqualTo("1");
    assertThat(store.line("PEXPIREMEMBER s b 500")).isEqualTo("1");
    assertThat(store.line("MEMBERTTL s a")).isEqualTo("10");
    assertThat(store.line("PMEMBERTTL s b")).isEqualTo("500");
    assertThat(store.line("MEMBERTTL s c")).isEqualTo("-1");
    store.advance(500);
    assertThat(store.line("SCARD s")).isEqualTo("2");
    assertThat(store.line("SISMEMBER s b")).isEqualTo("0");
    assertThat(store.line("PERSISTMEMBER s a")).isEqualTo("1");
    assertThat(store.line("PERSISTMEMBER s a")).isEqualTo("0");
    store.advance(20_000);
    assertThat(store.line("SCARD s")).isEqualTo("2");
  }

  @Test
  void theKeyGoesWithItsLastMember() {
    store.line("SADD s a");
    store.line("PEXPIREMEMBERAT s a 1800000000000");
    assertThat(store.line("EXISTS s")).isEqualTo("1");
    assertThat(store.line("EXPIREMEMBERAT s a 1")).isEqualTo("1");
    assertThat(store.line("EXISTS s")).isEqualTo("0");
  }

  @Test
  void fieldsOfHashesAreMembers() {
    store.line("HSET h a 1");
    assertThat(store.line("EXPIREMEMBER h a 10 NX")).isEqualTo("1");
    assertThat(store.line("EXPIREMEMBER h a 20 NX")).isEqualTo("0");
    assertThat(store.line("HTTL h FIELDS 1 a")).isEqualTo("[10]");
  }

  @Test
  void answersZeroForWhatIsNotThere() {
    assertThat(store.line("EXPIREMEMBER none a 10")).isEqualTo("0");
    assertThat(store.line("MEMBERTTL none a")).isEqualTo("-2");
    assertThat(store.line("PERSISTMEMBER none a")).isEqualTo("0");
    store.line("SADD s a");
    assertThat(store.line("EXPIREMEMBER s b 10")).isEqualTo("0");
    assertThat(store.line("MEMBERTTL s b")).isEqualTo("-2");
    store.line("SET k v");
    assertThat(store.line("EXPIREMEMBER k a 10")).startsWith("!WRONGTYPE");
    assertThat(store.line("EXPIREMEMBER s a 9223372036854775807"))
        .isEqualTo("!ERR invalid expire time in 'expiremember' command");
  }
}
