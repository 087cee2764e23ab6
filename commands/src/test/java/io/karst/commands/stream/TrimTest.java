package io.karst.commands.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.commands.TestStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TrimTest {
  private final TestStore store = new TestStore();

  @AfterEach
  void close() {
    store.close();
  }

  private void fill(int count) {
    for (int i = 1; i <= count; i++) {
      store.line("XADD s " + i + "-0 a " + i);
    }
  }

  @Test
  void cutsToALengthOrAnId() {
    fill(10);
    assertThat(store.line("XTRIM s MAXLEN 7")).isEqualTo("3");
    assertThat(store.line("XTRIM s MINID = 6")).isEqualTo("2");
    assertThat(store.line("XTRIM s MAXLEN 100")).isEqualTo("0");
    assertThat(store.line("XRANGE s - + COUNT 1")).isEqualTo("[[6-0, [a, 6]]]");
    assertThat(store.line("XTRIM none MAXLEN 7")).isEqualTo("0");
  }

  @Test
  void takesWholeNodesOnlyIfAboutIsEnough() {
    fill(250);
    assertThat(store.line("XTRIM s MAXLEN ~ 120")).isEqualTo("100");
    assertThat(store.line("XTRIM s MAXLEN ~ 120")).isEqualTo("0");
    assertThat(store.line("XTRIM s MINID ~ 201 LIMIT 99")).isEqualTo("0");
    assertThat(store.line("XTRIM s MINID ~ 201 LIMIT 100")).isEqualTo("100");
    assertThat(store.line("XLEN s")).isEqualTo("50");
  }

  @Test
  void saysWhatIsWrong() {
    assertThat(store.line("XTRIM s MAXLEN -1")).isEqualTo("!ERR The MAXLEN argument must be >= 0.");
    assertThat(store.line("XTRIM s MAXLEN x"))
        .isEqualTo("!ERR value is not an integer or out of range");
    assertThat(store.line("XTRIM s MAXLEN 1 MINID 2"))
        .isEqualTo(
            "!ERR syntax error, MAXLEN and MINID options at the same time are not compatible");
    assertThat(store.line("XTRIM s MAXLEN 1 LIMIT 2"))
        .isEqualTo("!ERR syntax error, LIMIT cannot be used without the special ~ option");
    assertThat(store.line("XTRIM s LIMIT 2 KEEPREF"))
        .isEqualTo(
            "!ERR syntax error, LIMIT cannot be used without specifying a trimming strategy");
    assertThat(store.line("XTRIM s KEEPREF DELREF"))
        .isEqualTo("!ERR syntax error, XTRIM must be called with a trimming strategy");
    assertThat(store.line("XTRIM s MAXLEN ~ 1 LIMIT -2"))
        .isEqualTo("!ERR The LIMIT argument must be >= 0.");
  }

  @Test
  void heedsReferences() {
    fill(4);
    store.line("XGROUP CREATE s g 0");
    store.line("XREADGROUP GROUP g c COUNT 2 STREAMS s >");
    store.line("XACK s g 1-0");
    assertThat(store.line("XTRIM s MAXLEN 0 ACKED")).isEqualTo("1");
    assertThat(store.line("XLEN s")).isEqualTo("3");
    assertThat(store.line("XTRIM s MAXLEN 2 DELREF")).isEqualTo("1");
    assertThat(store.line("XPENDING s g")).isEqualTo("[0, nil, nil, nil]");
  }
}
