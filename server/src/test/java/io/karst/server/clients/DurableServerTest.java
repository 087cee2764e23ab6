package io.karst.server.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.karst.base.Clock;
import io.karst.server.RunningServer;
import io.karst.server.config.CommandLine;
import io.karst.server.config.Config;
import io.lettuce.core.LettuceFutures;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.RedisProtocol;
import redis.clients.jedis.Response;

/// A server that acknowledges what is on disk (`appendfsync always`), to its users.
class DurableServerTest {
  private static final int THREADS = 4;
  private static final int ROUNDS = 100;

  @TempDir private Path folder;
  private RunningServer server;

  @BeforeEach
  void start() throws IOException {
    List<String> options = List.of("--port", "0", "--bind", "127.0.0.1", "--save", "");
    List<String> disk =
        List.of("--dir", folder.resolve("data").toString(), "--appendfsync", "always");
    List<String> all = new ArrayList<>(options);
    all.addAll(disk);
    Config config = CommandLine.parse(all).config();
    server = RunningServer.open(config, Clock.system());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @ParameterizedTest
  @EnumSource(RedisProtocol.class)
  void pipelinesAreAnsweredInTheirOrder(RedisProtocol protocol) {
    try (Jedis jedis = connect(protocol)) {
      Pipeline pipeline = jedis.pipelined();
      List<Response<Long>> counts = new ArrayList<>();
      List<Response<String>> values = new ArrayList<>();
      for (int i = 0; i < 2000; i++) {
        counts.add(pipeline.incr("n"));
        values.add(pipeline.get("n"));
      }
      pipeline.sync();
      for (int i = 0; i < 2000; i++) {
        assertThat(counts.get(i).get()).isEqualTo(i + 1);
        assertThat(values.get(i).get()).isEqualTo(Integer.toString(i + 1));
      }
      assertThat(jedis.waitAOF(1, 0, 0).getKey()).isEqualTo(1);
    }
  }

  @Test
  void whatManyClientsWereToldIsThereAfterARestart() throws Exception {
    try (ExecutorService clients = Executors.newFixedThreadPool(THREADS)) {
      List<Future<?>> ends = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        String own = "own" + i;
        ends.add(clients.submit(() -> count(own)));
      }
      countAsynchronously();
      for (Future<?> end : ends) {
        end.get();
      }
    }
    server.close();
    start();
    try (Jedis jedis = connect(RedisProtocol.RESP2)) {
      assertThat(jedis.get("shared")).isEqualTo(Integer.toString((THREADS + 1) * ROUNDS));
      for (int i = 0; i < THREADS; i++) {
        assertThat(jedis.get("own" + i)).isEqualTo(Integer.toString(ROUNDS));
      }
      assertThat(jedis.dbSize()).isEqualTo(THREADS + 1);
    }
  }

  private void count(String own) {
    try (Jedis jedis = connect(RedisProtocol.RESP2)) {
      for (int i = 1; i <= ROUNDS; i++) {
        assertThat(jedis.incr(own)).isEqualTo(i);
        jedis.incr("shared");
      }
    }
  }

  private void countAsynchronously() {
    RedisURI uri = RedisURI.create("127.0.0.1", server.server().port());
    try (RedisClient client = RedisClient.create(uri);
        StatefulRedisConnection<String, String> connection = client.connect()) {
      List<RedisFuture<Long>> counts = new ArrayList<>();
      for (int i = 0; i < ROUNDS; i++) {
        counts.add(connection.async().incr("shared"));
      }
      RedisFuture<?>[] all = counts.toArray(RedisFuture[]::new);
      assertThat(LettuceFutures.awaitAll(Duration.ofSeconds(30), all)).isTrue();
    }
  }

  @Test
  void checkpointsAreTakenWhenSomebodyAsks() {
    try (Jedis jedis = connect(RedisProtocol.RESP3)) {
      long before = jedis.lastsave();
      jedis.mset("a", "1", "b", "2");
      assertThat(jedis.info("persistence"))
          .contains("rdb_changes_since_last_save:2\r\n", "aof_enabled:1\r\n", "keys_dirty:2\r\n");
      assertThat(jedis.save()).isEqualTo("OK");
      assertThat(jedis.lastsave()).isGreaterThanOrEqualTo(before);
      assertThat(jedis.info("persistence"))
          .contains(
              "rdb_changes_since_last_save:0\r\n",
              "rdb_last_bgsave_status:ok\r\n",
              "rdb_saves:1\r\n",
              "aof_last_write_status:ok\r\n",
              "keys_dirty:0\r\n",
              "lsm_keys:2\r\n");
      jedis.set("c", "3");
      assertThat(jedis.bgsave()).isEqualTo("Background saving started");
      await().until(() -> jedis.info("persistence").contains("rdb_bgsave_in_progress:0\r\n"));
      jedis.set("d", "4");
      assertThat(jedis.bgrewriteaof()).isEqualTo("Background append only file rewriting started");
      await().until(() -> jedis.info("persistence").contains("lsm_keys:4\r\n"));
    }
  }

  @Test
  void checkpointsAreTakenWhenARuleSaysSo() {
    try (Jedis jedis = connect(RedisProtocol.RESP2)) {
      jedis.set("a", "1");
      jedis.configSet("save", "3600 1 1 2");
      jedis.set("b", "2");
      await().until(() -> jedis.info("persistence").contains("rdb_saves:1\r\n"));
      jedis.set("c", "3");
      assertThat(jedis.info("persistence")).contains("rdb_changes_since_last_save:1\r\n");
    }
  }

  private Jedis connect(RedisProtocol protocol) {
    return new Jedis(
        new HostAndPort("127.0.0.1", server.server().port()),
        DefaultJedisClientConfig.builder().protocol(protocol).socketTimeoutMillis(30_000).build());
  }
}
