package io.karst.commands.hash;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.commands.TestStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FieldsWithExpiryTest {
  private final TestStore store = new TestStore();

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void setsFieldsThatExpire() {
    assertThat(store.line("HSETEX h EX 10 FIELDS 2 a 1 b 2")).isEqualTo("1");
    assertThat(store.line("HPTTL h FIELDS 2 a b")).isEqualTo("[10000, 10000]");
    assertThat(store.line("HSETEX h FIELDS 1 a 3 KEEPTTL")).isEqualTo("1");
    assertThat(store.line("HSETEX h FIELDS 1 b 4")).isEqualTo("1");
    assertThat(store.line("HPTTL h FIELDS 2 a b")).isEqualTo("[10000, -1]");
    assertThat(store.line("HMGET h a b")).isEqualTo("[3, 4]");
  }

  @Test
  void setsAllOrNone() {
    store.line("HSET h a 1");
    assertThat(store.line("HSETEX h FNX FIELDS 2 a 2 b 2")).isEqualTo("0");
    assertThat(store.line("HSETEX h FXX FIELDS 2 a 2 b 2")).isEqualTo("0");
    assertThat(store.line("HSETEX none FXX FIELDS 1 a 2")).isEqualTo("0");
    assertThat(store.line("HGETALL h")).isEqualTo("[a, 1]");
    assertThat(store.line("HSETEX h FXX FIELDS 1 a 2")).isEqualTo("1");
    assertThat(store.line("HSETEX h FNX FIELDS 1 b 3")).isEqualTo("1");
    assertThat(store.line("HGETALL h")).isEqualTo("[a, 2, b, 3]");
  }

  @Test
  void aTimeThatHasPassedRemovesTheFields() {
    store.line("HSET h a 1 b 2");
    assertThat(store.line("HSETEX h PXAT 1 FIELDS 1 a 3")).isEqualTo("1");
    assertThat(store.line("HGETALL h")).isEqualTo("[b, 2]");
    assertThat(store.line("HGETEX h EXAT 0 FIELDS 2 a b")).isEqualTo("[nil, 2]");
    assertThat(store.line("EXISTS h")).isEqualTo("0");
  }

  @Test
  void readsAndSetsTheExpiry() {
    store.line("HSET h a 1 b 2");
    assertThat(store.line("HGETEX h FIELDS 2 a none")).isEqualTo("[1, nil]");
    assertThat(store.line("HGETEX h PX 500 FIELDS 1 a")).isEqualTo("[1]");
    assertThat(store.line("HPTTL h FIELDS 2 a b")).isEqualTo("[500, -1]");
    assertThat(store.line("HGETEX h PERSIST FIELDS 2 a b")).isEqualTo("[1, 2]");
    assertThat(store.line("HPTTL h FIELDS 2 a b")).isEqualTo("[-1, -1]");
    assertThat(store.line("HGETEX none EX 1 FIELDS 1 a")).isEqualTo("[nil]");
  }

  @Test
  void readsAndRemoves() {
    store.line("HSET h a 1 b 2 c 3");
    assertThat(store.line("HGETDEL h FIELDS 3 a none a")).isEqualTo("[1, nil, nil]");
    assertThat(store.line("HGETDEL h FIELDS 2 b c")).isEqualTo("[2, 3]");
    assertThat(store.line("EXISTS h")).isEqualTo("0");
    assertThat(store.line("HGETDEL h FIELDS 1 a")).isEqualTo("[nil]");
    assertThat(store.line("HGETDEL h FIELDS 0 a"))
        .isEqualTo("!ERR Number of fields must be a positive integer");
  }

  @Test
  void refusesOptionsThatAreNone() {
    assertThat(store.line("HSETEX h FNX FXX FIELDS 1 a 1"))
        .isEqualTo("!ERR Only one of FXX or FNX arguments can be specified");
    assertThat(store.line("HSETEX h EX 1 KEEPTTL FIELDS 1 a 1"))
        .isEqualTo("!ERR Only one of EX, PX, EXAT, PXAT or KEEPTTL arguments can be specified");
    assertThat(store.line("HGETEX h PERSIST PX 1 FIELDS 1 a"))
        .isEqualTo("!ERR Only one of EX, PX, EXAT, PXAT or PERSIST arguments can be specified");
    assertThat(store.line("HGETEX h FOO FIELDS 1 a")).isEqualTo("!ERR unknown argument: FOO");
    assertThat(store.line("HGETEX h PX 1 PX"))
        .isEqualTo("!ERR Only one of EX, PX, EXAT, PXAT or PERSIST arguments can be specified");
    assertThat(store.line("HGETEX h FIELDS 1 a EX")).isEqualTo("!ERR missing expire time");
    assertThat(store.line("HGETEX h FIELDS 0 a")).isEqualTo("!ERR invalid number of fields");
    assertThat(store.line("HGETEX h FIELDS 1 a FIELDS 1 b"))
        .isEqualTo("!ERR multiple FIELDS argument");
    assertThat(store.line("HSETEX h FIELDS 2 a 1"))
        .isEqualTo("!ERR wrong number of arguments for 'hsetex' command");
    assertThat(store.line("HGETEX h PX -1 FIELDS 1 a"))
        .isEqualTo("!ERR invalid expire time, must be >= 0");
    assertThat(store.line("HGETEX h EX 99999999999 FIELDS 1 a"))
        .isEqualTo("!ERR invalid expire time in 'hgetex' command");
    assertThat(store.line("EXISTS h")).isEqualTo("0");
  }
}
