package io.karst.commands.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.commands.TestStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class InspectTest {
  private final TestStore store = new TestStore();

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void tellsAboutStreams() {
    store.line("XADD s 1-1 a 1");
    store.line("XADD s 2-1 a 2");
    store.line("XGROUP CREATE s g 0");
    store.line("XREADGROUP GROUP g c COUNT 1 STREAMS s >");
    store.advance(9);
    assertThat(store.line("XINFO STREAM s"))
        .isEqualTo(
            "[length, 2, radix-tree-keys, 1, radix-tree-nodes, 2, last-generated-id, 2-1,"
                + " max-deleted-entry-id, 0-0, entries-added, 2, recorded-first-entry-id, 1-1,"
                + " groups, 1, first-entry, [1-1, [a, 1]], last-entry, [2-1, [a, 2]]]");
    assertThat(store.line("XINFO STREAM s FULL COUNT 1"))
        .contains("entries, [[1-1, [a, 1]]], groups, [[name, g, last-delivered-id, 1-1,")
        .contains("entries-read, 1, lag, 1, pel-count, 1, pending, [[1-1, c, 1700000000000, 1]],")
        .contains("consumers, [[name, c, seen-time, 1700000000000, active-time, 1700000000000,")
        .contains("pel-count, 1, pending, [[1-1, 1700000000000, 1]]]]]]");
    assertThat(store.line("XINFO CONSUMERS s g"))
        .isEqualTo("[[name, c, pending, 1, idle, 9, inactive, 9]]");
  }

  @Test
  void doesNotKnowALagThatDeletionsHide() {
    for (int i = 1; i <= 4; i++) {
      store.line("XADD s " + i + "-1 a " + i);
    }
    store.line("XGROUP CREATE s g 0");
    store.line("XREADGROUP GROUP g c COUNT 1 STREAMS s >");
    store.line("XDEL s 3-1");
    assertThat(store.line("XINFO GROUPS s")).contains("entries-read, 1, lag, nil");
    store.line("XREADGROUP GROUP g c STREAMS s >");
    assertThat(store.line("XINFO GROUPS s")).contains("entries-read, 4, lag, 0");
  }

  @Test
  void saysWhatIsMissing() {
    assertThat(store.line("XINFO STREAM s")).isEqualTo("!ERR no such key");
    store.line("XADD s 1-1 a 1");
    assertThat(store.line("XINFO CONSUMERS s g"))
        .isEqualTo("!NOGROUP No such consumer group 'g' for key name 's'");
    assertThat(store.line("XINFO STREAM s PART"))
        .isEqualTo(
            "!ERR unknown subcommand or wrong number of arguments for 'STREAM'. Try XINFO HELP.");
  }
}
