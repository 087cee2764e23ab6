package io.karst.commands.hash;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.commands.TestStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ExpireFieldsTest {
  private final TestStore store = new TestStore();

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void answersWhatBecameOfEachField() {
    store.line("HSET h a 1 b 2");
    assertThat(store.line("HEXPIRE h 10 FIELDS 3 a none b")).isEqualTo("[1, -2, 1]");
    assertThat(store.line("HPTTL h FIELDS 3 a none b")).isEqualTo("[10000, -2, 10000]");
    assertThat(store.line("HEXPIRE h 0 FIELDS 1 a")).isEqualTo("[2]");
    assertThat(store.line("HKEYS h")).isEqualTo("[b]");
    assertThat(store.line("HPEXPIREAT h 1 FIELDS 1 b")).isEqualTo("[2]");
    assertThat(store.line("EXISTS h")).isEqualTo("0");
    assertThat(store.line("HEXPIRE none 10 FIELDS 2 a b")).isEqualTo("[-2, -2]");
  }

  @Test
  void fieldsGoWhenTheirTimeHasCome() {
    store.line("HSET h a 1 b 2 c 3");
    store.line("HPEXPIRE h 100 FIELDS 2 a b");
    store.line("HPEXPIRE h 200 FIELDS 1 b");
    store.advance(100);
    assertThat(store.line("HGETALL h")).isIn("[b, 2, c, 3]", "[c, 3, b, 2]");
    store.advance(100);
    assertThat(store.line("HMGET h a b c")).isEqualTo("[nil, nil, 3]");
    assertThat(store.line("HLEN h")).isEqualTo("1");
  }

  @Test
  void setsInEveryUnit() {
    store.line("HSET h a 1");
    store.line("HEXPIREAT h 1800000000 FIELDS 1 a");
    assertThat(store.line("HEXPIRETIME h FIELDS 1 a")).isEqualTo("[1800000000]");
    store.line("HPEXPIREAT h 1800000000001 FIELDS 1 a");
    assertThat(store.line("HPEXPIRETIME h FIELDS 1 a")).isEqualTo("[1800000000001]");
    assertThat(store.line("HEXPIRETIME h FIELDS 1 a")).isEqualTo("[1800000001]");
    store.line("HPEXPIRE h 1500 FIELDS 1 a");
    assertThat(store.line("HTTL h FIELDS 1 a")).isEqualTo("[2]");
  }

  @Test
  void dependsOnTheExpiryThereWas() {
    store.line("HSET h a 1 b 2");
    assertThat(store.line("HEXPIRE h 100 XX FIELDS 1 a")).isEqualTo("[0]");
    assertThat(store.line("HEXPIRE h 100 GT FIELDS 1 a")).isEqualTo("[0]");
    assertThat(store.line("HEXPIRE h 100 NX FIELDS 2 a a")).isEqualTo("[1, 0]");
    assertThat(store.line("HEXPIRE h 90 gt FIELDS 1 a")).isEqualTo("[0]");
    assertThat(store.line("HEXPIRE h 90 LT FIELDS 2 a b")).isEqualTo("[1, 1]");
    assertThat(store.line("HEXPIRE h 0 GT FIELDS 1 a")).isEqualTo("[0]");
  }

  @Test
  void aSetLetsAFieldStay() {
    store.line("HSET h a 1 b 2");
    store.line("HEXPIRE h 10 FIELDS 2 a b");
    store.line("HSET h a 3");
    store.line("HINCRBY h b 1");
    assertThat(store.line("HTTL h FIELDS 2 a b")).isEqualTo("[-1, 10]");
  }

  @Test
  void persists() {
    store.line("HSET h a 1 b 2");
    store.line("HEXPIRE h 10 FIELDS 1 a");
    assertThat(store.line("HPERSIST h FIELDS 3 a b none")).isEqualTo("[1, -1, -2]");
    assertThat(store.line("HPERSIST none FIELDS 1 a")).isEqualTo("[-2]");
    assertThat(store.line("HTTL h FIELDS 1 a")).isEqualTo("[-1]");
  }

  @Test
  void refusesTimesAndListsThatAreNone() {
    store.line("HSET h a 1");
    assertThat(store.line("HEXPIRE h -1 FIELDS 1 a"))
        .isEqualTo("!ERR invalid expire time, must be >= 0");
    assertThat(store.line("HEXPIRE h x FIELDS 1 a"))
        .isEqualTo("!ERR value is not an integer or out of range");
    assertThat(store.line("HPEXPIREAT h 70368744177664 FIELDS 1 a"))
        .isEqualTo("!ERR invalid expire time in 'hpexpireat' command");
    assertThat(store.line("HEXPIRE h 1 NX XX FIELDS 1 a"))
        .isEqualTo("!ERR Mandatory argument FIELDS is missing or not at the right position");
    assertThat(store.line("HEXPIRE h 1 FIELDS 0 a"))
        .isEqualTo("!ERR Parameter `numFields` should be greater than 0");
    assertThat(store.line("HEXPIRE h 1 FIELDS 2 a"))
        .isEqualTo("!ERR The `numfields` parameter must match the number of arguments");
    assertThat(store.line("HTTL h FIELDS x a"))
        .isEqualTo("!ERR Number of fields must be a positive integer");
    assertThat(store.line("HEXPIRE h 1 FIELDS 1"))
        .isEqualTo("!ERR wrong number of arguments for 'hexpire' command");
    store.line("SET k v");
    assertThat(store.line("HEXPIRE k x FIELDS 1 a")).startsWith("!WRONGTYPE");
  }

  @Test
  void whatIsCopiedKeepsItsExpiry() {
    store.line("HSET h a 1 b 2");
    store.line("HPEXPIRE h 5000 FIELDS 1 a");
    store.line("COPY h c");
    assertThat(store.line("HPTTL c FIELDS 2 a b")).isEqualTo("[5000, -1]");
  }
}
