package io.karst.commands.generic;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.base.Bytes;
import io.karst.commands.TestStore;
import io.karst.history.Effect;
import io.karst.value.ValueType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class ExpireTest {
  private final TestStore store = new TestStore();

  @AfterEach
  void close() {
    store.close();
  }

  private static final String NOT_COMPATIBLE = " options at the same time are not compatible";

  @Test
  void eachUnitAndOrigin() {
    store.show("SET", "a", "1");
    assertThat(store.show("EXPIRE", "a", "10")).isEqualTo("1");
    assertThat(store.expiry("a")).isEqualTo(store.now() + 10_000);
    assertThat(store.show("PEXPIRE", "a", "10")).isEqualTo("1");
    assertThat(store.expiry("a")).isEqualTo(store.now() + 10);
    assertThat(store.show("EXPIREAT", "a", "2000000000")).isEqualTo("1");
    assertThat(store.expiry("a")).isEqualTo(2_000_000_000_000L);
    assertThat(store.show("PEXPIREAT", "a", "2000000000001")).isEqualTo("1");
    assertThat(store.expiry("a")).isEqualTo(2_000_000_000_001L);
    assertThat(store.show("GET", "a")).isEqualTo("1");
  }

  @Test
  void withoutAKeyNothingIsDone() {
    assertThat(store.show("EXPIRE", "a", "10")).isEqualTo("0");
    assertThat(store.show("PEXPIREAT", "a", "-1", "XX")).isEqualTo("0");
  }

  @Test
  void aTimeThatHasPassedDeletes() {
    for (String seconds : new String[] {"0", "-1", "-9223372036854775"}) {
      store.show("SET", "a", "1");
      assertThat(store.show("EXPIRE", "a", seconds)).isEqualTo("1");
      assertThat(store.show("EXISTS", "a")).isEqualTo("0");
    }
    for (String millis : new String[] {"0", "-1", "-2", "-9223372036854775808", "1"}) {
      store.show("SET", "a", "1");
      assertThat(store.show("PEXPIREAT", "a", millis)).isEqualTo("1");
      assertThat(store.show("EXISTS", "a")).isEqualTo("0");
    }
    store.show("SET", "a", "1");
    assertThat(store.show("PEXPIREAT", "a", Long.toString(store.now()))).isEqualTo("1");
    assertThat(store.show("EXISTS", "a")).isEqualTo("0");
  }

  @Test
  void aDeletionIsAnEffectOfItsOwn() {
    store.show("SET", "a", "1");
    store.takeEffects();
    store.show("EXPIRE", "a", "-1");
    assertThat(store.takeEffects()).containsExactly(new Effect.Delete(0, Bytes.utf8("a")));
  }

  @Test
  void theEffectIsAbsolute() {
    store.show("SET", "a", "1");
    store.takeEffects();
    store.show("EXPIRE", "a", "1");
    assertThat(store.takeEffects())
        .containsExactly(new Effect.Expire(0, Bytes.utf8("a"), store.now() + 1000));
  }

  @Test
  void nxWantsAKeyThatStays() {
    store.show("SET", "a", "1");
    assertThat(store.show("EXPIRE", "a", "10", "NX")).isEqualTo("1");
    assertThat(store.show("EXPIRE", "a", "20", "nx")).isEqualTo("0");
    assertThat(store.show("TTL", "a")).isEqualTo("10");
  }

  @Test
  void xxWantsAKeyThatGoes() {
    store.show("SET", "a", "1");
    assertThat(store.show("EXPIRE", "a", "10", "XX")).isEqualTo("0");
    store.show("EXPIRE", "a", "10");
    assertThat(store.show("EXPIRE", "a", "20", "xx")).isEqualTo("1");
    assertThat(store.show("TTL", "a")).isEqualTo("20");
  }

  @Test
  void gtWantsALaterTimeAndNoExpiryIsTheLatest() {
    store.show("SET", "a", "1");
    assertThat(store.show("EXPIRE", "a", "10", "GT")).isEqualTo("0");
    store.show("EXPIRE", "a", "10");
    assertThat(store.show("EXPIRE", "a", "10", "GT")).isEqualTo("0");
    assertThat(store.show("EXPIRE", "a", "9", "GT")).isEqualTo("0");
    assertThat(store.show("EXPIRE", "a", "11", "GT", "XX")).isEqualTo("1");
    assertThat(store.show("TTL", "a")).isEqualTo("11");
  }

  @Test
  void ltWantsAnEarlierTimeAndNoExpiryIsTheLatest() {
    store.show("SET", "a", "1");
    assertThat(store.show("EXPIRE", "a", "10", "LT", "XX")).isEqualTo("0");
    assertThat(store.show("EXPIRE", "a", "10", "LT")).isEqualTo("1");
    assertThat(store.show("EXPIRE", "a", "10", "LT")).isEqualTo("0");
    assertThat(store.show("EXPIRE", "a", "11", "LT")).isEqualTo("0");
    assertThat(store.show("EXPIRE", "a", "9", "LT")).isEqualTo("1");
    assertThat(store.show("EXPIRE", "a", "-1", "LT")).isEqualTo("1");
    assertThat(store.show("EXISTS", "a")).isEqualTo("0");
  }

  @Test
  void conditionsThatExcludeOneAnother() {
    String nx = "ERR NX and XX, GT or LT" + NOT_COMPATIBLE;
    assertThat(store.error("EXPIRE", "a", "1", "NX", "XX")).isEqualTo(nx);
    assertThat(store.error("EXPIRE", "a", "1", "GT", "NX")).isEqualTo(nx);
    assertThat(store.error("EXPIRE", "a", "1", "NX", "LT", "GT")).isEqualTo(nx);
    assertThat(store.error("EXPIRE", "a", "1", "GT", "LT"))
        .isEqualTo("ERR GT and LT" + NOT_COMPATIBLE);
    assertThat(store.error("EXPIRE", "a", "1", "NX", "XX", "Foo"))
        .isEqualTo("ERR Unsupported option Foo");
    assertThat(store.error("EXPIRE", "a", "x", "Foo")).isEqualTo("ERR Unsupported option Foo");
  }

  @Test
  void timesThatOverflowLeaveTheKeyUnchanged() {
    store.show("SET", "a", "1");
    for (String seconds : new String[] {"9223372036854775807", "9223372036854776"}) {
      assertInvalid("expire", seconds);
      assertInvalid("expireat", seconds);
    }
    assertInvalid("expire", "9223372036854775");
    assertInvalid("expire", "-9223372036854775808");
    assertInvalid("pexpire", "9223372036854775807");
    assertThat(store.show("TTL", "a")).isEqualTo("-1");
    assertThat(store.show("PEXPIREAT", "a", "9223372036854775807")).isEqualTo("1");
    assertThat(store.show("GET", "a")).isEqualTo("1");
  }

  @Test
  void whatIsNoInteger() {
    String error = "ERR value is not an integer or out of range";
    store.show("SET", "a", "1");
    for (String word : new String[] {"", "x", "1.0", "+1", " 1", "9223372036854775808"}) {
      assertThat(store.error("EXPIRE", "a", word)).isEqualTo(error);
      assertThat(store.error("PEXPIREAT", "a", word)).isEqualTo(error);
    }
  }

  @Test
  void anyTypeExpires() {
    store.plant("a", ValueType.SET);
    assertThat(store.show("PEXPIRE", "a", "10")).isEqualTo("1");
    store.advance(10);
    assertThat(store.show("TYPE", "a")).isEqualTo("none");
  }

  private void assertInvalid(String command, String time) {
    assertThat(store.error(command, "a", time))
        .isEqualTo("ERR invalid expire time in '" + command + "' command");
  }
}
