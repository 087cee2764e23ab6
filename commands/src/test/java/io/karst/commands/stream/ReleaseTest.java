package io.karst.commands.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.commands.TestStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReleaseTest {
  private final TestStore store = new TestStore();

  @BeforeEach
  void deliver() {
    store.line("XADD s 1-1 a 1");
    store.line("XADD s 2-1 a 2");
    store.line("XADD s 3-1 a 3");
    store.line("XGROUP CREATE s g 0");
    store.line("XREADGROUP GROUP g c COUNT 2 STREAMS s >");
    store.advance(10);
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void whatIsGivenBackIsNobodys() {
    assertThat(store.line("XNACK s g FAIL IDS 2 1-1 9-9")).isEqualTo("1");
    assertThat(store.line("XPENDING s g - + 10")).isEqualTo("[[1-1, , -1, 1], [2-1, c, 10, 1]]");
    assertThat(store.line("XPENDING s g")).isEqualTo("[2, 1-1, 2-1, [[c, 1]]]");
    assertThat(store.line("XINFO STREAM s FULL"))
        .contains("pel-count, 2, nacked-count, 1, pending, [[1-1, , 0, 1], [2-1, c, ");
    assertThat(store.line("XREADGROUP GROUP g c STREAMS s 0")).isEqualTo("[s, [[2-1, [a, 2]]]]");
    assertThat(store.line("XACK s g 1-1")).isEqualTo("1");
    assertThat(store.line("XINFO STREAM s FULL")).doesNotContain("nacked-count");
  }

  @Test
  void theModeSaysWhatBecomesOfTheDeliveries() {
    assertThat(store.line("XNACK s g SILENT IDS 1 1-1")).isEqualTo("1");
    assertThat(store.line("XNACK s g SILENT IDS 1 1-1")).isEqualTo("1");
    assertThat(store.line("XNACK s g FATAL IDS 1 2-1")).isEqualTo("1");
    assertThat(store.line("XPENDING s g - + 10"))
        .isEqualTo("[[1-1, , -1, 0], [2-1, , -1, 9223372036854775807]]");
    assertThat(store.line("XNACK s g FAIL IDS 1 2-1 RETRYCOUNT 7")).isEqualTo("1");
    assertThat(store.line("XPENDING s g 2-1 2-1 1")).isEqualTo("[[2-1, , -1, 7]]");
  }

  @Test
  void anybodyMayClaimItAtOnce() {
    store.line("XNACK s g FAIL IDS 2 1-1 2-1");
    assertThat(store.line("XCLAIM s g d 1000000 1-1")).isEqualTo("[[1-1, [a, 1]]]");
    assertThat(store.line("XAUTOCLAIM s g e 1000000 0")).isEqualTo("[0-0, [[2-1, [a, 2]]], []]");
    assertThat(store.line("XPENDING s g - + 10")).isEqualTo("[[1-1, d, 0, 2], [2-1, e, 0, 2]]");
  }

  @Test
  void withForceWhatIsNotPendingBecomesSo() {
    assertThat(store.line("XNACK s g FAIL IDS 2 3-1 4-1")).isEqualTo("0");
    assertThat(store.line("XNACK s g FAIL IDS 2 3-1 4-1 FORCE")).isEqualTo("1");
    assertThat(store.line("XPENDING s g 3-1 + 10")).isEqualTo("[[3-1, , -1, 0]]");
  }

  @Test
  void wordsThatAreWrongChangeNothing() {
    store.takeEffects();
    assertThat(store.line("XNACK s g LOUD IDS 1 1-1")).isEqualTo("!ERR syntax error");
    assertThat(store.line("XNACK s g FAIL IDS 0 1-1"))
        .isEqualTo("!ERR Number of IDs must be a positive integer");
    assertThat(store.line("XNACK s g FAIL IDS 3 1-1 2-1"))
        .isEqualTo("!ERR The `numids` parameter must match the number of arguments");
    assertThat(store.line("XNACK s g FAIL IDS 1 1-1 RETRYCOUNT -1")).startsWith("!ERR RETRYCOUNT");
    assertThat(store.line("XNACK s g FAIL IDS 1 1-x")).startsWith("!ERR Invalid stream ID");
    assertThat(store.line("XNACK s other FAIL IDS 1 1-1")).startsWith("!NOGROUP ");
    assertThat(store.takeEffects()).isEmpty();
  }
}
