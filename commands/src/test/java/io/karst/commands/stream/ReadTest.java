package io.karst.commands.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.commands.TestStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReadTest {
  private final TestStore store = new TestStore();

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void showsWhatIsBehindAnId() {
    store.line("XADD {s}1 1-1 a 1");
    store.line("XADD {s}1 2-1 a 2");
    store.line("XADD {s}2 5-1 b 1");
    assertThat(store.line("XREAD STREAMS {s}1 {s}2 1-1 0"))
        .isEqualTo("[{s}1, [[2-1, [a, 2]]], {s}2, [[5-1, [b, 1]]]]");
    assertThat(store.line("XREAD COUNT 1 STREAMS {s}1 {s}2 0 5-1"))
        .isEqualTo("[{s}1, [[1-1, [a, 1]]]]");
    assertThat(store.line("XREAD STREAMS {s}1 $")).isEqualTo("nil");
    assertThat(store.line("XREAD STREAMS {s}1 +")).isEqualTo("[{s}1, [[2-1, [a, 2]]]]");
    assertThat(store.line("XREAD STREAMS {s}1 18446744073709551615-18446744073709551615"))
        .isEqualTo("nil");
    assertThat(store.line("XREAD STREAMS none 0")).isEqualTo("nil");
  }

  @Test
  void waitsIfAsked() {
    assertThat(store.line("XREAD BLOCK 0 STREAMS s $")).isEqualTo("blocked, or nil");
    store.line("XADD s 1-1 a 1");
    assertThat(store.line("XREAD BLOCK 10 STREAMS s 0")).isEqualTo("[s, [[1-1, [a, 1]]]]");
    assertThat(store.line("XREAD BLOCK 10 STREAMS s $")).isEqualTo("blocked, or nil");
  }

  @Test
  void saysWhatIsWrong() {
    assertThat(store.line("XREAD STREAMS a b 0"))
        .isEqualTo(
            "!ERR Unbalanced 'xread' list of streams: for each stream key an ID or '$' must be"
                + " specified.");
    assertThat(store.line("XREAD GROUP g c STREAMS a 0"))
        .isEqualTo(
            "!ERR The GROUP option is only supported by XREADGROUP. You called XREAD instead.");
    assertThat(store.line("XREAD STREAMS a >"))
        .isEqualTo(
            "!ERR The > ID can be specified only when calling XREADGROUP using the GROUP <group>"
                + " <consumer> option.");
    assertThat(store.line("XREAD COUNT 1 a 0")).isEqualTo("!ERR syntax error");
    assertThat(store.line("XREAD BLOCK x STREAMS a 0"))
        .isEqualTo("!ERR timeout is not an integer or out of range");
  }

  @Test
  void showsNoMoreThanIsAskedForOfAllStreams() {
    for (int i = 1; i <= 3; i++) {
      store.line("XADD {b}1 " + i + "-1 a 1");
      store.line("XADD {b}2 " + i + "-1 a 1");
    }
    assertThat(store.line("XREAD MAXCOUNT 4 STREAMS {b}1 {b}2 0 2"))
        .isEqualTo("[{b}1, [[1-1, [a, 1]], [2-1, [a, 1]], [3-1, [a, 1]]], {b}2, [[2-1, [a, 1]]]]");
    assertThat(store.line("XREAD COUNT 1 MAXCOUNT 4 STREAMS {b}1 {b}2 0 2"))
        .isEqualTo("[{b}1, [[1-1, [a, 1]]], {b}2, [[2-1, [a, 1]]]]");
    assertThat(store.line("XREAD MAXCOUNT 0 STREAMS {b}1 0"))
        .isEqualTo("!ERR MAXCOUNT must be a positive integer");
    assertThat(store.line("XREAD MAXSIZE x STREAMS {b}1 0"))
        .isEqualTo("!ERR MAXSIZE must be a positive integer");
  }

  /// An entry takes `*2 $3 1-1 *2 $1 a $1 1` with their line ends: 4 + 9 + 4 + 7 + 7 bytes.
  @Test
  void showsNoMoreBytesButOneEntryWhateverItsSize() {
    for (int i = 1; i <= 3; i++) {
      store.line("XADD s " + i + "-1 a 1");
    }
    assertThat(store.line("XREAD MAXSIZE 62 STREAMS s 0"))
        .isEqualTo("[s, [[1-1, [a, 1]], [2-1, [a, 1]]]]");
    assertThat(store.line("XREAD MAXSIZE 61 STREAMS s 0")).isEqualTo("[s, [[1-1, [a, 1]]]]");
    assertThat(store.line("XREAD MAXSIZE 1 STREAMS s 0")).isEqualTo("[s, [[1-1, [a, 1]]]]");
  }
}
