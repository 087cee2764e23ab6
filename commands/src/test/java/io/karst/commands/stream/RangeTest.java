package io.karst.commands.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.commands.TestStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RangeTest {
  private final TestStore store = new TestStore();

  @AfterEach
  void close() {
    store.close();
  }

  private void fill() {
    store.line("XADD s 1-1 a 1 b 2");
    store.line("XADD s 1-2 a 3");
    store.line("XADD s 2-0 a 4");
    store.line("XADD s 3-0 a 5");
  }

  @Test
  void showsWhatIsBetweenTwoIds() {
    fill();
    assertThat(store.line("XRANGE s - +"))
        .isEqualTo("[[1-1, [a, 1, b, 2]], [1-2, [a, 3]], [2-0, [a, 4]], [3-0, [a, 5]]]");
    assertThat(store.line("XRANGE s 1 1")).isEqualTo("[[1-1, [a, 1, b, 2]], [1-2, [a, 3]]]");
    assertThat(store.line("XRANGE s (1-1 (3-0")).isEqualTo("[[1-2, [a, 3]], [2-0, [a, 4]]]");
    assertThat(store.line("XRANGE s 1-2 + COUNT 2")).isEqualTo("[[1-2, [a, 3]], [2-0, [a, 4]]]");
    assertThat(store.line("XREVRANGE s + - COUNT 2")).isEqualTo("[[3-0, [a, 5]], [2-0, [a, 4]]]");
    assertThat(store.line("XREVRANGE s (2-0 (1-1")).isEqualTo("[[1-2, [a, 3]]]");
    assertThat(store.line("XRANGE s 3 2")).isEqualTo("[]");
    assertThat(store.line("XRANGE s - + COUNT 0")).isEqualTo("nil");
    assertThat(store.line("XRANGE s - + COUNT -1")).isEqualTo("nil");
    assertThat(store.line("XRANGE none - +")).isEqualTo("[]");
  }

  @Test
  void saysWhatIsWrong() {
    String max = "(18446744073709551615-18446744073709551615";
    assertThat(store.line("XRANGE s " + max + " +"))
        .isEqualTo("!ERR invalid start ID for the interval");
    assertThat(store.line("XRANGE s - (0-0")).isEqualTo("!ERR invalid end ID for the interval");
    String invalid = "!ERR Invalid stream ID specified as stream command argument";
    assertThat(store.line("XRANGE s (- +")).isEqualTo(invalid);
    assertThat(store.line("XRANGE s - x")).isEqualTo(invalid);
    assertThat(store.line("XRANGE s -1 +")).isEqualTo(invalid);
    assertThat(store.line("XRANGE s - + LIMIT 1")).isEqualTo("!ERR syntax error");
    store.line("SET k x");
    assertThat(store.line("XRANGE k - +")).startsWith("!WRONGTYPE");
  }
}
