package io.karst.server.operations.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.server.config.ClientDirectives;
import io.karst.server.config.CommandLine;
import io.karst.server.operations.Harness;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigurationTest {
  private final Harness server = new Harness();

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void getTakesPatternsAndAnswersEachNameOnce() {
    assertThat(server.text("CONFIG", "GET", "maxmemory*", "databases", "MAXMEMORY"))
        .isEqualTo(
            "{databases, 16, maxmemory, 0, maxmemory-policy, noeviction, maxmemory-samples, 5}");
    assertThat(server.text("CONFIG", "GET", "nothing")).isEqualTo("{}");
    assertThat(server.text("CONFIG", "GET", "save")).isEqualTo("{save, }");
    assertThat(server.text("CONFIG", "GET"))
        .isEqualTo("ERR wrong number of arguments for 'config|get' command");
  }

  @Test
  void setChangesValues() {
    assertThat(server.text("CONFIG", "SET", "maxclients", "7", "save", "")).isEqualTo("OK");
    assertThat(server.server().config().value(ClientDirectives.MAXCLIENTS)).isEqualTo(7);
    assertThat(server.text("CONFIG", "SET", "a", "b", "c")).isEqualTo("ERR syntax error");
    assertThat(server.text("CONFIG", "SET", "a"))
        .isEqualTo("ERR wrong number of arguments for 'config|set' command");
    assertThat(server.text("CONFIG", "SET", "port", "1"))
        .isEqualTo(
            "ERR CONFIG SET failed (possibly related to argument 'port')"
                + " - can't set immutable config");
  }

  @Test
  void rewriteNeedsAFile() {
    assertThat(server.text("CONFIG", "REWRITE"))
        .isEqualTo("ERR The server is running without a config file");
  }

  @Test
  void rewriteWritesWhatWasSet(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("karst.conf"), "timeout 1\n");
    try (Harness own = new Harness(CommandLine.parse(List.of(file.toString())).config())) {
      own.run("CONFIG", "SET", "timeout", "5");
      assertThat(own.text("CONFIG", "REWRITE")).isEqualTo("OK");
      assertThat(file).hasContent("timeout 5");
      Files.delete(file);
      assertThat(own.text("CONFIG", "REWRITE")).startsWith("ERR Rewriting config file: ");
    }
  }

  @Test
  void resetstatAnswers() {
    assertThat(server.text("CONFIG", "RESETSTAT")).isEqualTo("OK");
  }
}
