package io.karst.commands.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.commands.TestStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RemoveTest {
  private final TestStore store = new TestStore();

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void deletesEntries() {
    store.line("XADD s 1-1 a 1");
    store.line("XADD s 2-1 a 2");
    store.line("XADD s 3-1 a 3");
    assertThat(store.line("XDEL s 2-1 9-9 2-1")).isEqualTo("1");
    assertThat(store.line("XRANGE s - +")).isEqualTo("[[1-1, [a, 1]], [3-1, [a, 3]]]");
    assertThat(store.line("XDEL s 1-1 3-1")).isEqualTo("2");
    assertThat(store.line("EXISTS s")).isEqualTo("1");
    assertThat(store.line("XDEL none 1-1")).isEqualTo("0");
    assertThat(store.line("XADD s 3-1 a 1")).startsWith("!ERR The ID specified in XADD is equal");
  }

  @Test
  void deletesNothingIfOneIdIsNone() {
    store.line("XADD s 1-1 a 1");
    assertThat(store.line("XDEL s 1-1 x")).startsWith("!ERR Invalid stream ID");
    assertThat(store.line("XLEN s")).isEqualTo("1");
  }
}
