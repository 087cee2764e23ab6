package io.karst.commands.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.commands.TestStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PendingTest {
  private final TestStore store = new TestStore();

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void showsWhatIsPending() {
    for (int i = 1; i <= 4; i++) {
      store.line("XADD s " + i + "-1 a " + i);
    }
    store.line("XGROUP CREATE s g 0");
    store.line("XREADGROUP GROUP g c COUNT 2 STREAMS s >");
    store.advance(100);
    store.line("XREADGROUP GROUP g d STREAMS s >");
    store.advance(10);
    assertThat(store.line("XPENDING s g - + 10"))
        .isEqualTo("[[1-1, c, 110, 1], [2-1, c, 110, 1], [3-1, d, 10, 1], [4-1, d, 10, 1]]");
    assertThat(store.line("XPENDING s g (1-1 (4-1 10"))
        .isEqualTo("[[2-1, c, 110, 1], [3-1, d, 10, 1]]");
    assertThat(store.line("XPENDING s g IDLE 50 - + 1")).isEqualTo("[[1-1, c, 110, 1]]");
    assertThat(store.line("XPENDING s g IDLE 5 - + 9 d"))
        .isEqualTo("[[3-1, d, 10, 1], [4-1, d, 10, 1]]");
    assertThat(store.line("XPENDING s g - + 9 nobody")).isEqualTo("[]");
    assertThat(store.line("XPENDING s g - + -1")).isEqualTo("[]");
    assertThat(store.line("XACK s g 1-1 1-1 9-9")).isEqualTo("1");
    assertThat(store.line("XACK s none 1-1")).isEqualTo("0");
    assertThat(store.line("XPENDING s g")).isEqualTo("[3, 2-1, 4-1, [[c, 1], [d, 2]]]");
  }

  @Test
  void saysWhatIsWrong() {
    String none = "!NOGROUP No such key 's' or consumer group 'g'";
    assertThat(store.line("XPENDING s g")).isEqualTo(none);
    store.line("XADD s * a 1");
    assertThat(store.line("XPENDING s g - + 1")).isEqualTo(none);
    assertThat(store.line("XPENDING s g - +")).isEqualTo("!ERR syntax error");
    assertThat(store.line("XPENDING s g IDLE 1 - +")).isEqualTo("!ERR syntax error");
  }
}
