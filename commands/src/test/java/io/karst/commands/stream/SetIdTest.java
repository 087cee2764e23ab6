package io.karst.commands.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.commands.TestStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SetIdTest {
  private final TestStore store = new TestStore();

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void setsWhatTheStreamKnows() {
    store.line("XADD s 1-1 a 1");
    assertThat(store.line("XSETID s 200-0 ENTRIESADDED 10 MAXDELETEDID 5-0")).isEqualTo("OK");
    assertThat(store.line("XINFO STREAM s"))
        .contains("last-generated-id, 200-0, max-deleted-entry-id, 5-0, entries-added, 10");
    assertThat(store.line("XADD s 200-* a 1")).isEqualTo("200-1");
  }

  @Test
  void refusesWhatDoesNotFit() {
    store.line("XADD s 5-1 a 1");
    assertThat(store.line("XSETID none 1-1")).isEqualTo("!ERR no such key");
    String smaller = "!ERR The ID specified in XSETID is smaller than ";
    assertThat(store.line("XSETID s 5-0")).isEqualTo(smaller + "the target stream top item");
    assertThat(store.line("XSETID s 6-0 ENTRIESADDED 0"))
        .isEqualTo(
            "!ERR The entries_added specified in XSETID is smaller than the target stream length");
    assertThat(store.line("XSETID s 6-0 ENTRIESADDED -1"))
        .isEqualTo("!ERR entries_added must be positive");
    assertThat(store.line("XSETID s 6-0 MAXDELETEDID 7-0"))
        .isEqualTo(smaller + "the provided max_deleted_entry_id");
    store.line("XSETID s 9-0 MAXDELETEDID 8-0");
    assertThat(store.line("XSETID s 7-0")).isEqualTo(smaller + "current max_deleted_entry_id");
    assertThat(store.line("XSETID s 9-0 MORE")).isEqualTo("!ERR syntax error");
  }
}
