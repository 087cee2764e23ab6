package io.karst.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Pipeline;

/// A server whose Java heap is far smaller than its replies, in a process of its own.
class SmallHeapTest {
  private static final int HEAP_MB = 40;
  private static final int COUNT = 4_000;
  private static final int SIZE = 40_000;

  private final List<Process> processes = new ArrayList<>();

  @AfterEach
  void endProcesses() {
    processes.forEach(Process::destroyForcibly);
  }

  @Test
  void aReplySeveralTimesAsLargeAsTheHeapIsAnswered() throws IOException {
    try (Jedis jedis = start("-XX:MaxDirectMemorySize=1024g")) {
      fill(jedis);
      Map<String, String> hash = jedis.hgetAll("h");
      assertThat(hash).hasSize(COUNT);
      hash.forEach((field, value) -> assertThat(value).isEqualTo(value(Integer.parseInt(field))));
      assertThat(jedis.lrange("l", 0, -1).stream().mapToLong(String::length).sum())
          .isEqualTo((long) COUNT * SIZE);
      assertThat(jedis.sunion("s", "none").stream().mapToLong(String::length).sum())
          .isEqualTo((long) COUNT * SIZE);
    }
  }

  @Test
  void aReplyThatIsTooLargeForTheProcessIsAnErrorAndNothingElse() throws IOException {
    try (Jedis jedis = start("-XX:MaxDirectMemorySize=" + HEAP_MB + "m")) {
      fill(jedis);
      for (int i = 0; i < 3; i++) {
        assertThatThrownBy(() -> jedis.hgetAll("h"))
            .hasMessage("OOM not enough memory for the reply of this command");
        assertThat(jedis.hget("h", "7")).isEqualTo(value(7));
        assertThatThrownBy(() -> jedis.sunion("s", "none")).hasMessageStartingWith("OOM ");
      }
      assertThat(jedis.lrange("l", 0, 99)).hasSize(100);
      assertThat(jedis.ping()).isEqualTo("PONG");
    }
  }

  private static void fill(Jedis jedis) {
    for (int from = 0; from < COUNT; from += 100) {
      Pipeline pipeline = jedis.pipelined();
      for (int i = from; i < from + 100; i++) {
        pipeline.hset("h", Integer.toString(i), value(i));
        pipeline.rpush("l", value(i));
        pipeline.sadd("s", value(i));
      }
      pipeline.sync();
    }
  }

  private static String value(int number) {
    return String.format(Locale.ROOT, "%0" + SIZE + "d", number);
  }

  private Jedis start(String directMemory) throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xmx" + HEAP_MB + "m",
                directMemory,
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "--port",
                "0",
                "--memory-only")
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    processes.add(process);
    String line = process.inputReader(UTF_8).readLine();
    assertThat(line).contains(" ready on 127.0.0.1:");
    int port = Integer.parseInt(line.replaceAll(".* ready on 127\\.0\\.0\\.1:(\\d+),.*", "$1"));
    return new Jedis("127.0.0.1", port, 60_000);
  }
}
