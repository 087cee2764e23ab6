package io.karst.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.karst.base.CommandException;
import io.karst.server.config.Config;
import io.karst.server.config.ProcessDirectives;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OomScoreTest {
  @TempDir Path directory;
  private Path file;
  private final Config config = Config.defaults();

  @BeforeEach
  void begin() throws IOException {
    file = Files.writeString(directory.resolve("oom_score_adj"), "100\n");
    OomScore.follow(config, file);
  }

  @Test
  void nothingIsWrittenUnlessAsked() {
    config.set(List.of("oom-score-adj-values", "5 6 7"));
    assertThat(file).hasContent("100");
  }

  @Test
  void scoresAreRelativeAbsoluteOrAsBefore() {
    config.set(List.of("oom-score-adj", "yes", "oom-score-adj-values", "5 6 7"));
    assertThat(file).hasContent("105");
    config.set(List.of("oom-score-adj", "absolute"));
    assertThat(file).hasContent("5");
    config.set(List.of("oom-score-adj", "relative", "oom-score-adj-values", "2000 0 0"));
    assertThat(file).hasContent("1000");
    config.set(List.of("oom-score-adj", "no"));
    assertThat(file).hasContent("100");
  }

  @Test
  void whatTheKernelRefusesChangesNothing() throws IOException {
    Files.delete(file);
    Files.createDirectory(file);
    assertThatThrownBy(() -> config.set(List.of("oom-score-adj", "yes")))
        .isInstanceOf(CommandException.class)
        .hasMessageContaining("Failed to apply new oom_score_adj configuration");
    assertThat(config.text(ProcessDirectives.OOM_SCORE_ADJ)).isEqualTo("no");
  }
}
