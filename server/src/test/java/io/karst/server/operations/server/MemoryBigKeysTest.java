package io.karst.server.operations.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.server.operations.Harness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MemoryBigKeysTest {
  private final Harness server = new Harness();

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void theLargestOfEachTypeAreKnown() {
    server.run("SET", "small", "x");
    server.run("SET", "large", "x".repeat(10_000));
    server.run("SET", "larger", "x".repeat(20_000));
    server.run("SADD", "set", "m".repeat(3_000), "n".repeat(3_000), "o");
    server.run("SADD", "set", "p");
    for (int i = 0; i < 2000; i++) {
      server.run("HSET", "hash", "field:" + i, "value");
    }
    assertThat(list())
        .containsPattern("^\\{string, \\[\\[larger, 0, 20\\d\\d\\d], \\[large, 0, 10\\d\\d\\d]],")
        .containsPattern("set, \\[\\[set, 0, \\d+]]")
        .containsPattern("hash, \\[\\[hash, 0, \\d{5,}]]")
        .contains("zset, []", "stream, []")
        .doesNotContain("small");
  }

  @Test
  void whatIsGoneOrSmallIsForgotten() {
    server.run("SET", "gone", "x".repeat(10_000));
    server.run("SET", "shrunk", "x".repeat(10_000));
    server.run("SET", "other", "x".repeat(10_000));
    server.run("DEL", "gone");
    server.run("SET", "shrunk", "x");
    server.run("DEL", "other");
    server.run("LPUSH", "other", "x".repeat(5_000));
    assertThat(list()).doesNotContain("gone", "shrunk").contains("string, []", "list, [[other");
  }

  @Test
  void asManyAreTold() {
    int size = 5_000;
    for (int i = 1; i <= 34; i++) {
      server.run("SET", "key:" + i, "x".repeat(size));
      size += size / 4; // Further than sizes are rounded.
    }
    assertThat(list("COUNT", "2")).contains("[[key:34, 0, ").contains("[key:33, 0, ");
    assertThat(list("COUNT", "2")).doesNotContain("key:32");
    assertThat(list("COUNT", "32")).contains("[key:3, ").doesNotContain("[key:2, ");
    assertThat(list("COUNT", "33")).startsWith("ERR");
  }

  private String list(String... options) {
    String[] words = new String[options.length + 2];
    words[0] = "MEMORY";
    words[1] = "BIGKEYS";
    System.arraycopy(options, 0, words, 2, options.length);
    return server.text(words);
  }
}
