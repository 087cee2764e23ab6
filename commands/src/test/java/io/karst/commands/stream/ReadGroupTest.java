package io.karst.commands.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.commands.Reply;
import io.karst.commands.TestStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReadGroupTest {
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
  }

  @Test
  void deliversEachEntryOnce() {
    fill();
    assertThat(store.line("XREADGROUP GROUP g c COUNT 2 STREAMS s >"))
        .isEqualTo("[s, [[1-1, [a, 1]], [2-1, [a, 2]]]]");
    assertThat(store.line("XREADGROUP GROUP g d STREAMS s >")).isEqualTo("[s, [[3-1, [a, 3]]]]");
    assertThat(store.line("XREADGROUP GROUP g d STREAMS s >")).isEqualTo("nil");
    assertThat(store.line("XPENDING s g")).isEqualTo("[3, 1-1, 3-1, [[c, 2], [d, 1]]]");
    assertThat(store.line("XINFO GROUPS s"))
        .contains("last-delivered-id, 3-1, entries-read, 3, lag, 0");
  }

  @Test
  void showsWhatIsPendingAgain() {
    fill();
    store.line("XREADGROUP GROUP g c COUNT 2 STREAMS s >");
    store.line("XDEL s 1-1");
    store.advance(7);
    assertThat(store.line("XREADGROUP GROUP g c STREAMS s 0"))
        .isEqualTo("[s, [[1-1, nil], [2-1, [a, 2]]]]");
    assertThat(store.line("XPENDING s g - + 10")).isEqualTo("[[1-1, c, 7, 1], [2-1, c, 0, 2]]");
    assertThat(store.line("XREADGROUP GROUP g c STREAMS s 2-1")).isEqualTo("[s, []]");
    assertThat(store.line("XREADGROUP GROUP g other STREAMS s 0")).isEqualTo("[s, []]");
  }

  @Test
  void keepsNothingPendingWithNoAck() {
    fill();
    assertThat(store.line("XREADGROUP GROUP g c NOACK COUNT 1 STREAMS s >"))
        .isEqualTo("[s, [[1-1, [a, 1]]]]");
    assertThat(store.line("XPENDING s g")).isEqualTo("[0, nil, nil, nil]");
  }

  @Test
  void waitsIfAsked() {
    fill();
    store.line("XGROUP SETID s g $");
    assertThat(store.line("XREADGROUP GROUP g c BLOCK 0 STREAMS s >")).isEqualTo("blocked, or nil");
    assertThat(store.line("XREADGROUP GROUP g c BLOCK 0 STREAMS s 0")).isEqualTo("[s, []]");
  }

  @Test
  void saysWhatIsWrong() {
    fill();
    assertThat(store.line("XREADGROUP GROUP x c STREAMS s >"))
        .isEqualTo(
            "!NOGROUP No such key 's' or consumer group 'x' in XREADGROUP with GROUP option");
    assertThat(store.line("XREADGROUP GROUP g c STREAMS s $"))
        .startsWith("!ERR The $ ID is meaningless in the context of XREADGROUP");
    assertThat(store.line("XREADGROUP GROUP g c STREAMS s s >"))
        .startsWith("!ERR Unbalanced 'xreadgroup' list of streams");
    assertThat(store.line("XREADGROUP COUNT 1 NOACK NOACK STREAMS s >"))
        .isEqualTo("!ERR Missing GROUP option for XREADGROUP");
  }

  @Test
  void claimsWhatHasBeenPendingForLongBeforeWhatIsNew() {
    fill();
    store.line("XREADGROUP GROUP g c COUNT 1 STREAMS s >");
    store.advance(5);
    store.line("XREADGROUP GROUP g d COUNT 1 STREAMS s >");
    store.advance(10);
    assertThat(store.line("XREADGROUP GROUP g e CLAIM 11 STREAMS s >"))
        .isEqualTo("[s, [[1-1, [a, 1], 15, 1], [3-1, [a, 3], 0, 0]]]");
    assertThat(store.line("XPENDING s g - + 10"))
        .isEqualTo("[[1-1, e, 0, 2], [2-1, d, 10, 1], [3-1, e, 0, 1]]");
    assertThat(store.line("XREADGROUP GROUP g e CLAIM 0 COUNT 2 STREAMS s >"))
        .isEqualTo("[s, [[2-1, [a, 2], 10, 1], [1-1, [a, 1], 0, 2]]]");
    assertThat(store.line("XREADGROUP GROUP g f CLAIM 1 STREAMS s >")).isEqualTo("nil");
  }

  @Test
  void claimsWhatWasGivenBackFirst() {
    fill();
    store.line("XREADGROUP GROUP g c STREAMS s >");
    store.advance(5);
    store.line("XNACK s g SILENT IDS 1 3-1");
    assertThat(store.line("XREADGROUP GROUP g d COUNT 1 CLAIM 1000 NOACK STREAMS s >"))
        .isEqualTo("[s, [[3-1, [a, 3], " + store.now() + ", 0]]]");
    assertThat(store.line("XPENDING s g 3-1 + 1")).isEqualTo("[[3-1, d, 0, 1]]");
  }

  @Test
  void letsGoOfClaimedEntriesThatWereDeleted() {
    fill();
    store.line("XREADGROUP GROUP g c STREAMS s >");
    store.line("XDEL s 1-1 2-1");
    assertThat(store.line("XREADGROUP GROUP g d CLAIM 0 STREAMS s >"))
        .isEqualTo("[s, [[3-1, [a, 3], 0, 1]]]");
    assertThat(store.line("XPENDING s g")).isEqualTo("[1, 3-1, 3-1, [[d, 1]]]");
  }

  @Test
  void claimsNothingWithAnId() {
    fill();
    store.line("XREADGROUP GROUP g c STREAMS s >");
    assertThat(store.line("XREADGROUP GROUP g d CLAIM 0 STREAMS s 0")).isEqualTo("[s, []]");
  }

  @Test
  void whoClaimsAndWaitsIsRunAgainWhenSomethingCanBeClaimed() {
    fill();
    store.line("XREADGROUP GROUP g c STREAMS s >");
    store.advance(5);
    Reply reply =
        store.run(
            "XREADGROUP", "GROUP", "g", "d", "BLOCK", "0", "CLAIM", "20", "STREAMS", "s", ">");
    assertThat(((Reply.Blocked) reply).againMillis()).isEqualTo(store.now() + 15);
    Reply patient = store.run("XREADGROUP", "GROUP", "g", "d", "BLOCK", "0", "STREAMS", "s", ">");
    assertThat(((Reply.Blocked) patient).againMillis()).isEqualTo(Reply.Blocked.FOREVER);
  }

  @Test
  void whatIsNotShownForItsSizeIsNotDelivered() {
    fill();
    store.line("XADD {s}2 1-1 b 1");
    store.line("XGROUP CREATE {s}2 g 0");
    assertThat(store.line("XREADGROUP GROUP g c COUNT 2 MAXCOUNT 2 STREAMS s {s}2 > >"))
        .isEqualTo("[s, [[1-1, [a, 1]], [2-1, [a, 2]]]]");
    assertThat(store.line("XREADGROUP GROUP g c MAXSIZE 1 STREAMS s {s}2 > >"))
        .isEqualTo("[s, [[3-1, [a, 3]]]]");
    assertThat(store.line("XPENDING {s}2 g")).isEqualTo("[0, nil, nil, nil]");
    assertThat(store.line("XREADGROUP GROUP g c MAXCOUNT 2 STREAMS s {s}2 0 >"))
        .isEqualTo("[s, [[1-1, [a, 1]], [2-1, [a, 2]]]]");
  }

  @Test
  void refusesWrongWords() {
    fill();
    assertThat(store.line("XREADGROUP GROUP g c CLAIM -1 STREAMS s >")).startsWith("!ERR min-idle");
    assertThat(store.line("XREADGROUP GROUP g c CLAIM x STREAMS s >")).startsWith("!ERR min-idle");
    assertThat(store.line("XREAD CLAIM 1 STREAMS s 0")).startsWith("!ERR The CLAIM option is only");
    assertThat(store.line("XREADGROUP GROUP g c COUNT 2 MAXCOUNT 1 STREAMS s >"))
        .isEqualTo("!ERR MAXCOUNT must not be smaller than COUNT");
  }
}
