package io.karst.server.operations.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.server.operations.Harness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MemoryPrefixesTest {
  private final Harness server = new Harness();

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void keysAreAddedUpByWhatTheyBeginWith() {
    for (int i = 0; i < 1000; i++) {
      server.run("SET", "user:" + i + ":name", "x");
    }
    server.run("SET", "session:1", "x".repeat(200_000));
    server.run("SET", "none", "x");
    assertThat(server.text("MEMORY", "PREFIXES"))
        .matches("\\[\\[session:, 1, 20\\d{4}], \\[user:, 1000, \\d{5,6}], \\[, 1, \\d\\d]]");
    assertThat(server.text("MEMORY", "PREFIXES", "DEPTH", "2", "COUNT", "1"))
        .startsWith("[[session:, 1, ");
    assertThat(server.text("MEMORY", "PREFIXES", "DEPTH", "2", "COUNT", "5000"))
        .contains("[user:7:, 1, ");
    assertThat(server.text("MEMORY", "PREFIXES", "DELIMITER", "i")).contains("[sessi, 1, ");
  }

  @Test
  void wrongWordsAreRefused() {
    assertThat(server.text("MEMORY", "PREFIXES", "DELIMITER", "ab")).startsWith("ERR");
    assertThat(server.text("MEMORY", "PREFIXES", "DEPTH")).startsWith("ERR");
    assertThat(server.text("MEMORY", "PREFIXES", "DEPTH", "0")).startsWith("ERR");
  }
}
