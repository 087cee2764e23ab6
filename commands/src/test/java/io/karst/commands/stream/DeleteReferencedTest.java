package io.karst.commands.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.commands.TestStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DeleteReferencedTest {
  private final TestStore store = new TestStore();

  @AfterEach
  void close() {
    store.close();
  }

  private void fill() {
    for (int i = 1; i <= 4; i++) {
      store.line("XADD s " + i + "-1 a " + i);
    }
    store.line("XGROUP CREATE s g 0");
    store.line("XGROUP CREATE s h 0");
    store.line("XREADGROUP GROUP g c COUNT 3 STREAMS s >");
    store.line("XREADGROUP GROUP h c COUNT 3 STREAMS s >");
  }

  @Test
  void deletesAsToldToTreatReferences() {
    fill();
    assertThat(store.line("XDELEX s ACKED IDS 2 1-1 4-1")).isEqualTo("[2, 2]");
    assertThat(store.line("XDELEX s IDS 2 1-1 9-9")).isEqualTo("[1, -1]");
    assertThat(store.line("XPENDING s g")).startsWith("[3, 1-1");
    assertThat(store.line("XDELEX s DELREF IDS 1 2-1")).isEqualTo("[1]");
    assertThat(store.line("XPENDING s g - + 9")).doesNotContain("2-1");
    assertThat(store.line("XDELEX none IDS 2 1-1 2-1")).isEqualTo("[-1, -1]");
  }

  @Test
  void acknowledgesAndDeletes() {
    fill();
    assertThat(store.line("XACKDEL s g ACKED IDS 1 1-1")).isEqualTo("[2]");
    assertThat(store.line("XACKDEL s h ACKED IDS 1 1-1")).isEqualTo("[1]");
    assertThat(store.line("XACKDEL s g KEEPREF IDS 2 2-1 2-1")).isEqualTo("[1, -1]");
    assertThat(store.line("XPENDING s h")).startsWith("[2, 2-1");
    assertThat(store.line("XACKDEL s none IDS 1 2-1")).isEqualTo("[-1]");
  }

  @Test
  void saysWhatIsWrong() {
    assertThat(store.line("XDELEX s IDS 0 1-1"))
        .isEqualTo("!ERR Number of IDs must be a positive integer");
    assertThat(store.line("XDELEX s IDS 2 1-1"))
        .isEqualTo("!ERR The `numids` parameter must match the number of arguments");
    assertThat(store.line("XDELEX s KEEPREF 1 1-1")).isEqualTo("!ERR syntax error");
  }
}
