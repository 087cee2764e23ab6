package io.karst.commands.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.commands.TestStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ClaimTest {
  private final TestStore store = new TestStore();

  @AfterEach
  void close() {
    store.close();
  }

  private void fill() {
    for (int i = 1; i <= 3; i++) {
      store.line("XADD s " + i + "-1 a " + i);
    }
    store.line("XGROUP CREATE s g 0");
    store.line("XREADGROUP GROUP g c STREAMS s >");
    store.advance(100);
  }

  @Test
  void takesWhatHasBeenPendingForLong() {
    fill();
    assertThat(store.line("XCLAIM s g d 101 1-1")).isEqualTo("[]");
    assertThat(store.line("XCLAIM s g d 100 1-1 9-9")).isEqualTo("[[1-1, [a, 1]]]");
    assertThat(store.line("XCLAIM s g d 0 2-1 JUSTID")).isEqualTo("[2-1]");
    assertThat(store.line("XPENDING s g - + 9"))
        .isEqualTo("[[1-1, d, 0, 2], [2-1, d, 0, 1], [3-1, c, 100, 1]]");
    assertThat(store.line("XCLAIM s g d 0 3-1 IDLE 30 RETRYCOUNT 9 LASTID 7-0"))
        .isEqualTo("[[3-1, [a, 3]]]");
    assertThat(store.line("XPENDING s g 3 + 9")).isEqualTo("[[3-1, d, 30, 9]]");
    assertThat(store.line("XINFO GROUPS s")).contains("last-delivered-id, 7-0");
  }

  @Test
  void letsGoOfWhatIsDeletedAndForcesWhatIsNotPending() {
    fill();
    store.line("XDEL s 1-1");
    assertThat(store.line("XCLAIM s g d 0 1-1")).isEqualTo("[]");
    store.line("XACK s g 2-1");
    assertThat(store.line("XCLAIM s g d 0 2-1")).isEqualTo("[]");
    assertThat(store.line("XCLAIM s g d 0 2-1 FORCE JUSTID")).isEqualTo("[2-1]");
    assertThat(store.line("XPENDING s g - + 9")).isEqualTo("[[2-1, d, 0, 1], [3-1, c, 100, 1]]");
  }

  @Test
  void saysWhatIsWrong() {
    fill();
    assertThat(store.line("XCLAIM s g d x 1-1"))
        .isEqualTo("!ERR Invalid min-idle-time argument for XCLAIM");
    assertThat(store.line("XCLAIM s g d 0 1-1 MORE"))
        .isEqualTo("!ERR Unrecognized XCLAIM option 'MORE'");
    assertThat(store.line("XCLAIM s g d 0 1-1 IDLE x"))
        .isEqualTo("!ERR Invalid IDLE option argument for XCLAIM");
    assertThat(store.line("XCLAIM s none d 0 1-1"))
        .isEqualTo("!NOGROUP No such key 's' or consumer group 'none'");
  }
}
