package io.karst.server.net;

import static io.karst.server.net.WireClient.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Scripts that come one behind the other, and between other commands: each is answered in its turn
/// with what it would be answered alone.
@Timeout(120)
class ScriptPipelineTest {
  private static final long SEED = Long.getLong("seed", System.nanoTime());
  private static final int REQUESTS = 400;
  private static final String OK = "+OK\r\n";

  private WireServer server;
  private WireClient client;

  @BeforeEach
  void start() throws IOException {
    server = WireServer.withAll("io-threads", "2");
    client = server.connect();
  }

  @AfterEach
  void stop() throws IOException {
    client.close();
    server.close();
  }

  @Test
  void repliesAreThoseOfOneByOne() throws IOException {
    System.out.println("ScriptPipelineTest: -Dseed=" + SEED);
    List<String> requests = new ArrayList<>();
    Random random = new Random(SEED);
    for (int i = 0; i < REQUESTS; i++) {
      requests.add(next(random));
    }
    List<String> alone = new ArrayList<>();
    for (String each : requests) {
      alone.add(client.ask(each));
    }
    assertThat(client.ask(request("FLUSHALL"))).isEqualTo(OK);
    assertThat(client.ask(request("SCRIPT", "FLUSH"))).isEqualTo(OK);
    client.send(String.join("", requests));
    for (int i = 0; i < REQUESTS; i++) {
      assertThat(client.reply()).as("request %d: %s", i, requests.get(i)).isEqualTo(alone.get(i));
    }
  }

  private static String next(Random random) {
    String key = "k" + random.nextInt(8);
    String other = "k" + random.nextInt(8);
    return switch (random.nextInt(14)) {
      case 0 -> request("SET", key, "" + random.nextInt(100));
      case 1 -> request("INCR", key);
      case 2 -> request("GET", key);
      case 3 -> request("PING");
      case 4 -> request("EVAL", "return 1", "x");
      case 5 -> request("EVAL", "return", "0", "more", "than", "there is");
      case 6 -> request("EVALSHA", "0".repeat(40), "1", key);
      case 7 -> request("EVAL", "return redis.call('KEYS', 'none')", "1", key);
      case 8 -> request("EVAL", "return string.rep('x', 40000)", "1", key);
      case 9 -> request("EVAL", "redis.call('INCR', KEYS[2]) error('no')", "2", key, other);
      case 10 -> request("EVAL", "return redis.call('LPUSH', KEYS[1], 1)", "1", key);
      case 11 -> request("NOSUCH", key);
      default ->
          request(
              "EVAL",
              "return {redis.call('INCRBY', KEYS[1], ARGV[1]), redis.call('GET', KEYS[2])}",
              "2",
              key,
              other,
              "" + random.nextInt(9));
    };
  }

  @Test
  void whatIsQueuedBetweenThemIsOne() throws IOException {
    String script = "return redis.call('INCR', KEYS[1])";
    client.send(
        request("EVAL", script, "1", "a")
            + request("EVAL", script, "1", "a")
            + request("MULTI")
            + request("EVAL", script, "1", "a")
            + request("GET", "a")
            + request("EXEC")
            + request("EVAL", script, "1", "a"));
    assertThat(client.reply()).isEqualTo(":1\r\n");
    assertThat(client.reply()).isEqualTo(":2\r\n");
    assertThat(client.reply()).isEqualTo(OK);
    assertThat(client.reply()).isEqualTo("+QUEUED\r\n");
    assertThat(client.reply()).isEqualTo("+QUEUED\r\n");
    assertThat(client.reply()).isEqualTo("*2\r\n:3\r\n$1\r\n3\r\n");
    assertThat(client.reply()).isEqualTo(":4\r\n");
  }

  @Test
  void oneWhoseClientHasGoneBeforeItBeganIsNotCounted() throws IOException {
    assertThat(client.ask(request("CLIENT", "PAUSE", "100000", "WRITE"))).isEqualTo(OK);
    try (WireClient gone = server.connect()) {
      String id = gone.ask(request("CLIENT", "ID")).substring(1).strip();
      gone.send(request("EVAL", "return redis.call('INCR', 'k')", "1", "k"));
      await().until(() -> !server.server.tasks().awaitNone(1));
      assertThat(client.ask(request("CLIENT", "KILL", "ID", id))).isEqualTo(":1\r\n");
      assertThat(gone.isClosed()).isTrue();
    }
    assertThat(client.ask(request("CLIENT", "UNPAUSE"))).isEqualTo(OK);
    await().until(() -> server.server.tasks().awaitNone(1000));
    assertThat(client.ask(request("EXISTS", "k"))).isEqualTo(":0\r\n");
    assertThat(client.ask(request("INFO", "commandstats"))).doesNotContain("cmdstat_eval:");
  }
}
