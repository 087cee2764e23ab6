package io.karst.commands.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.commands.TestStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ManageGroupsTest {
  private final TestStore store = new TestStore();

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void makesGroupsAndDestroysThem() {
    assertThat(store.line("XGROUP CREATE s g $"))
        .isEqualTo(
            "!ERR The XGROUP subcommand requires the key to exist. Note that for CREATE you may"
                + " want to use the MKSTREAM option to create an empty stream automatically.");
    assertThat(store.line("XGROUP CREATE s g $ MKSTREAM")).isEqualTo("OK");
    assertThat(store.line("XLEN s")).isEqualTo("0");
    assertThat(store.line("TYPE s")).isEqualTo("stream");
    assertThat(store.line("XGROUP CREATE s g 0"))
        .isEqualTo("!BUSYGROUP Consumer Group name already exists");
    assertThat(store.line("XGROUP CREATE s h 5 ENTRIESREAD 3")).isEqualTo("OK");
    assertThat(store.line("XGROUP CREATE s i 5 ENTRIESREAD -2"))
        .isEqualTo("!ERR value for ENTRIESREAD must be positive or -1");
    assertThat(store.line("XGROUP DESTROY s g")).isEqualTo("1");
    assertThat(store.line("XGROUP DESTROY s g")).isEqualTo("0");
    assertThat(store.line("XINFO GROUPS s"))
        .isEqualTo(
            "[[name, h, consumers, 0, pending, 0, last-delivered-id, 5-0, entries-read, 3, lag,"
                + " 0]]");
  }

  @Test
  void setsWhereAGroupStands() {
    store.line("XADD s 1-1 a 1");
    store.line("XGROUP CREATE s g $");
    assertThat(store.line("XREADGROUP GROUP g c STREAMS s >")).isEqualTo("nil");
    assertThat(store.line("XGROUP SETID s g 0")).isEqualTo("OK");
    assertThat(store.line("XREADGROUP GROUP g c STREAMS s >")).isEqualTo("[s, [[1-1, [a, 1]]]]");
    assertThat(store.line("XGROUP SETID s x 0"))
        .isEqualTo("!NOGROUP No such consumer group 'x' for key name 's'");
  }

  @Test
  void makesConsumersAndDeletesThem() {
    store.line("XADD s 1-1 a 1");
    store.line("XGROUP CREATE s g 0");
    assertThat(store.line("XGROUP CREATECONSUMER s g c")).isEqualTo("1");
    assertThat(store.line("XGROUP CREATECONSUMER s g c")).isEqualTo("0");
    store.line("XREADGROUP GROUP g c STREAMS s >");
    assertThat(store.line("XGROUP DELCONSUMER s g c")).isEqualTo("1");
    assertThat(store.line("XGROUP DELCONSUMER s g c")).isEqualTo("0");
    assertThat(store.line("XPENDING s g")).isEqualTo("[0, nil, nil, nil]");
  }
}
