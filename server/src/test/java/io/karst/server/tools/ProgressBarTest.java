package io.karst.server.tools;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

final class ProgressBarTest {
  private final StringWriter text = new StringWriter();
  private final PrintWriter out = new PrintWriter(text);

  @Test
  void aTerminalIsShownAShareAndLeftClean() {
    try (ProgressBar bar = new ProgressBar(out, true, "dump.rdb", 300, () -> 12)) {
      bar.at(150);
      bar.at(151); // Not again so soon.
    }
    String shown = text.toString();
    assertThat(shown)
        .startsWith("\rdump.rdb  [" + "#".repeat(15) + ".".repeat(15) + "]  50 %  12 keys, ")
        .endsWith("\r");
    assertThat(shown.split("\r", -1)).hasSize(4);
    assertThat(shown.split("\r", -1)[2]).isBlank();
  }

  @Test
  void withoutAnEndThereIsNoShare() {
    try (ProgressBar bar = new ProgressBar(out, true, "-", 0, () -> 12)) {
      bar.at(150);
    }
    assertThat(text.toString()).startsWith("\r-  12 keys, ");
  }

  @Test
  void aPipeIsShownNothing() {
    try (ProgressBar bar = new ProgressBar(out, false, "dump.rdb", 300, () -> 12)) {
      bar.at(150);
    }
    assertThat(text.toString()).isEmpty();
  }
}
