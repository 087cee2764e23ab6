package io.karst.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.karst.base.Clock;
import io.karst.server.config.Config;
import io.karst.server.config.DiskDirectives;
import io.karst.server.config.NetworkDirectives;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.Response;

/// A server with far less memory than there is data on disk: whatever is asked of what is there is
/// answered.
class SmallMemoryTest {
  private static final int KEYS = 300;
  private static final int SIZE = 100_000;
  private static final int HUGE = 20 << 20;

  @TempDir private Path folder;
  private RunningServer server;
  private Jedis jedis;

  /// 300 values of 100 kB and one of 20 MB, none of them in memory, of which there are 8 MB.
  @BeforeEach
  void start() throws IOException {
    open("256mb");
    Pipeline pipeline = jedis.pipelined();
    IntStream.range(0, KEYS).forEach(i -> pipeline.set("key:" + i, value(i)));
    pipeline.set("huge", "h".repeat(HUGE));
    pipeline.sync();
    stop();
    open("8mb");
  }

  @AfterEach
  void stop() {
    jedis.close();
    server.close();
  }

  @Test
  void oneCommandReadsMoreThanFits() {
    for (int time = 0; time < 2; time++) {
      List<String> values = jedis.mget(names(KEYS));
      for (int i = 0; i < KEYS; i++) {
        assertThat(values.get(i)).isEqualTo(value(i));
      }
    }
    awaitLimit();
  }

  @Test
  void severalClientsReadMoreThanFitsAtTheSameTime() throws Exception {
    try (ExecutorService clients = Executors.newFixedThreadPool(4)) {
      List<Future<List<String>>> answers = new ArrayList<>();
      for (int client = 0; client < 4; client++) {
        answers.add(
            clients.submit(() -> {
              try (Jedis other = connect()) {
                return other.mget(names(KEYS));
              }
            }));
      }
      for (Future<List<String>> answer : answers) {
        assertThat(answer.get()).hasSize(KEYS).doesNotContainNull();
      }
    }
    awaitLimit();
  }

  @Test
  void aValueLargerThanMemoryIsReadAndChangedAndGoes() {
    assertThat(jedis.get("huge")).hasSize(HUGE);
    assertThat(jedis.getrange("huge", HUGE - 3, -1)).isEqualTo("hhh");
    awaitLimit();
    assertThat(jedis.expire("huge", 1000)).isEqualTo(1);
    assertThat(jedis.ttl("huge")).isBetween(1L, 1000L);
    assertThat(jedis.persist("huge")).isEqualTo(1);
    assertThat(jedis.get("huge")).hasSize(HUGE);
    assertThatThrownBy(() -> jedis.append("huge", "m".repeat(HUGE))).hasMessageStartingWith("OOM ");
    assertThat(jedis.strlen("huge")).isEqualTo(HUGE);
    assertThat(jedis.del("huge")).isEqualTo(1);
    assertThat(jedis.exists("huge")).isFalse();
    awaitLimit();
  }

  @Test
  void aValueLargerThanMemoryIsReplacedByASmallOne() {
    fill();
    assertThat(jedis.set("huge", "small")).isEqualTo("OK");
    assertThat(jedis.get("huge")).isEqualTo("small");
    awaitLimit();
  }

  @Test
  void coldKeysAreWrittenToWhenMemoryIsFull() {
    fill();
    for (int i = 0; i < KEYS; i++) {
      assertThat(jedis.append("key:" + i, "more")).isEqualTo(SIZE + 4);
    }
    assertThat(jedis.mget(names(KEYS))).allMatch(value -> value.endsWith("more"));
    awaitLimit();
  }

  @Test
  void coldKeysExpireAndGoWhenMemoryIsFullAndNothingIsEvicted() {
    jedis.configSet("maxmemory-policy", "noeviction");
    Pipeline pipeline = jedis.pipelined();
    List<Response<String>> replies = new ArrayList<>();
    IntStream.range(0, 10_000).forEach(i -> replies.add(pipeline.set("f:" + i, "x".repeat(1_000))));
    pipeline.sync();
    assertThatThrownBy(replies.getLast()::get).hasMessageStartingWith("OOM ");
    assertThat(jedis.mget(names(KEYS))).doesNotContainNull();
    assertThat(jedis.expire("key:0", 1000)).isEqualTo(1);
    assertThat(jedis.ttl("key:0")).isPositive();
    for (int i = 0; i < KEYS; i++) {
      assertThat(jedis.del("key:" + i)).isEqualTo(1);
    }
    assertThat(jedis.get("huge")).hasSize(HUGE);
    awaitLimit();
  }

  /// Takes all memory for other keys.
  private void fill() {
    Pipeline pipeline = jedis.pipelined();
    IntStream.range(0, 20_000).forEach(i -> pipeline.set("fill:" + i, "x".repeat(1_000)));
    pipeline.sync();
  }

  private void awaitLimit() {
    await().until(() -> info("used_memory") <= 8L << 20);
  }

  private static String[] names(int count) {
    return IntStream.range(0, count).mapToObj(i -> "key:" + i).toArray(String[]::new);
  }

  private static String value(int number) {
    char[] chars = new char[SIZE];
    Arrays.fill(chars, (char) ('a' + number % 26));
    return number + new String(chars, 0, SIZE - Integer.toString(number).length());
  }

  private void open(String memory) throws IOException {
    Config config = Config.of(null, List.of());
    config.set(NetworkDirectives.PORT, 0);
    config.set(NetworkDirectives.BIND, List.of("127.0.0.1"));
    config.set(DiskDirectives.DIR, folder.toString());
    config.set(List.of("maxmemory", memory));
    server = RunningServer.open(config, Clock.system());
    jedis = connect();
  }

  private Jedis connect() {
    return new Jedis("127.0.0.1", server.server().port(), 60_000);
  }

  private long info(String field) {
    return jedis
        .info("memory")
        .lines()
        .filter(line -> line.startsWith(field + ":"))
        .mapToLong(line -> Long.parseLong(line.substring(field.length() + 1)))
        .findFirst()
        .orElseThrow();
  }
}
