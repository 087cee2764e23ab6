package io.karst.commands.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.commands.TestStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AppendTest {
  private final TestStore store = new TestStore();

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void choosesIdsBehindTheLast() {
    assertThat(store.line("XADD s * a 1")).isEqualTo("1700000000000-0");
    assertThat(store.line("XADD s * a 2")).isEqualTo("1700000000000-1");
    store.advance(5);
    assertThat(store.line("XADD s * a 3")).isEqualTo("1700000000005-0");
    assertThat(store.line("XADD s 1800000000000-7 a 4")).isEqualTo("1800000000000-7");
    assertThat(store.line("XADD s * a 5")).isEqualTo("1800000000000-8");
    assertThat(store.line("XADD s 1800000000000-* a 6")).isEqualTo("1800000000000-9");
    assertThat(store.line("XADD s 1800000000001-* a 7")).isEqualTo("1800000000001-0");
    assertThat(store.line("XADD t 0-* a 7")).isEqualTo("0-1");
    assertThat(store.line("XLEN s")).isEqualTo("7");
  }

  @Test
  void refusesIdsThatAreNotBehind() {
    store.line("XADD s 5-5 a 1");
    String smaller =
        "!ERR The ID specified in XADD is equal or smaller than the target stream top item";
    assertThat(store.line("XADD s 5-5 a 1")).isEqualTo(smaller);
    assertThat(store.line("XADD s 4-9 a 1")).isEqualTo(smaller);
    assertThat(store.line("XADD s 4-* a 1")).isEqualTo(smaller);
    assertThat(store.line("XADD s 0-0 a 1"))
        .isEqualTo("!ERR The ID specified in XADD must be greater than 0-0");
    assertThat(store.line("XADD s x-1 a 1"))
        .isEqualTo("!ERR Invalid stream ID specified as stream command argument");
    store.line("XADD s 18446744073709551615-18446744073709551615 a 1");
    assertThat(store.line("XADD s * a 1"))
        .isEqualTo("!ERR The stream has exhausted the last possible ID, unable to add more items");
    assertThat(store.line("XLEN s")).isEqualTo("2");
  }

  @Test
  void makesAStreamUnlessToldNotTo() {
    assertThat(store.line("XADD s NOMKSTREAM * a 1")).isEqualTo("nil");
    assertThat(store.line("EXISTS s")).isEqualTo("0");
    store.line("XADD s 1-1 a 1");
    assertThat(store.line("XADD s NOMKSTREAM 2-1 a 1")).isEqualTo("2-1");
    store.line("SET string x");
    assertThat(store.line("XADD string * a 1")).startsWith("!WRONGTYPE");
  }

  @Test
  void needsFieldsWithValues() {
    String arity = "!ERR wrong number of arguments for 'xadd' command";
    assertThat(store.line("XADD s * a")).isEqualTo(arity);
    assertThat(store.line("XADD s * a 1 b")).isEqualTo(arity);
    assertThat(store.line("XADD s MAXLEN 5 * a")).isEqualTo(arity);
    assertThat(store.line("EXISTS s")).isEqualTo("0");
  }

  @Test
  void trimsAfterwards() {
    for (int i = 1; i <= 5; i++) {
      store.line("XADD s MAXLEN = 3 " + i + "-1 a " + i);
    }
    assertThat(store.line("XRANGE s - +"))
        .isEqualTo("[[3-1, [a, 3]], [4-1, [a, 4]], [5-1, [a, 5]]]");
    store.line("XADD s MINID 5 6-1 a 6");
    assertThat(store.line("XRANGE s - +")).isEqualTo("[[5-1, [a, 5]], [6-1, [a, 6]]]");
    store.line("XADD s MAXLEN 0 7-1 a 7");
    assertThat(store.line("XLEN s")).isEqualTo("0");
    assertThat(store.line("EXISTS s")).isEqualTo("1");
    assertThat(store.line("XADD s * a 1")).isNotEqualTo("nil");
  }
}
