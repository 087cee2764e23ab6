package io.karst.server.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.karst.base.Clock;
import io.karst.server.RunningServer;
import io.karst.server.config.Config;
import io.karst.server.config.NetworkDirectives;
import io.lettuce.core.BitFieldArgs;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.GetExArgs;
import io.lettuce.core.KeyScanCursor;
import io.lettuce.core.KeyValue;
import io.lettuce.core.LettuceFutures;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.RedisURI;
import io.lettuce.core.ScanArgs;
import io.lettuce.core.ScanCursor;
import io.lettuce.core.SetArgs;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.protocol.ProtocolVersion;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Lettuce as its users use it, synchronous and asynchronous, over both protocols, with a password.
class LettuceTest {
  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static RunningServer server;

  @BeforeAll
  static void start() throws IOException {
    Config config = Config.memoryOnly();
    config.set(NetworkDirectives.PORT, 0);
    config.set(NetworkDirectives.BIND, List.of("127.0.0.1"));
    config.set(List.of("requirepass", "secret"));
    server = RunningServer.open(config, Clock.system());
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @ParameterizedTest
  @EnumSource(ProtocolVersion.class)
  void synchronousCommands(ProtocolVersion protocol) {
    try (RedisClient client = client(protocol);
        StatefulRedisConnection<String, String> connection = client.connect()) {
      RedisCommands<String, String> redis = connection.sync();
      assertThat(redis.ping()).isEqualTo("PONG");
      assertThat(redis.set("k", "v", SetArgs.Builder.ex(60).nx())).isEqualTo("OK");
      assertThat(redis.setGet("k", "w")).isEqualTo("v");
      assertThat(redis.getex("k", GetExArgs.Builder.px(90_000))).isEqualTo("w");
      assertThat(redis.pttl("k")).isBetween(1L, 90_000L);
      assertThat(redis.mget("k", "missing"))
          .containsExactly(KeyValue.just("k", "w"), KeyValue.empty("missing"));
      assertThat(
              redis.bitfield("bits", BitFieldArgs.Builder.incrBy(BitFieldArgs.unsigned(8), 0, 7)))
          .containsExactly(7L);
      assertThat(redis.getdel("k")).isEqualTo("w");
      assertThat(redis.exists("k")).isZero();
      assertThat(redis.clientId()).isPositive();
      assertThat(redis.configGet("maxmemory-policy")).containsValue("noeviction");
      redis.flushall();
    }
  }

  @ParameterizedTest
  @EnumSource(ProtocolVersion.class)
  void manyAsynchronousCommandsKeepTheirOrder(ProtocolVersion protocol) {
    try (RedisClient client = client(protocol);
        StatefulRedisConnection<String, String> connection = client.connect()) {
      RedisAsyncCommands<String, String> redis = connection.async();
      List<RedisFuture<Long>> counts = new ArrayList<>();
      List<RedisFuture<List<String>>> slow = new ArrayList<>();
      for (int i = 0; i < 5_000; i++) {
        counts.add(redis.incr("counter"));
        if (i % 1_000 == 0) {
          slow.add(redis.keys("*")); // Leaves the event loop in the middle of the pipeline.
        }
      }
      assertThat(LettuceFutures.awaitAll(TIMEOUT, counts.toArray(RedisFuture[]::new))).isTrue();
      for (int i = 0; i < counts.size(); i++) {
        assertThat(counts.get(i).toCompletableFuture().join()).isEqualTo(i + 1L);
      }
      assertThat(LettuceFutures.awaitAll(TIMEOUT, slow.toArray(RedisFuture[]::new))).isTrue();
      connection.sync().flushall();
    }
  }

  @ParameterizedTest
  @EnumSource(ProtocolVersion.class)
  void scansShowEveryKeyOnce(ProtocolVersion protocol) {
    try (RedisClient client = client(protocol);
        StatefulRedisConnection<String, String> connection = client.connect()) {
      RedisCommands<String, String> redis = connection.sync();
      for (int i = 0; i < 500; i++) {
        redis.set("{tag}" + i, "v");
        redis.set("other" + i, "v");
      }
      Set<String> seen = new HashSet<>();
      KeyScanCursor<String> page =
          redis.scan(ScanCursor.INITIAL, ScanArgs.Builder.matches("{tag}*").limit(50));
      seen.addAll(page.getKeys());
      while (!page.isFinished()) {
        page = redis.scan(page, ScanArgs.Builder.matches("{tag}*").limit(50));
        seen.addAll(page.getKeys());
      }
      assertThat(seen).hasSize(500).allMatch(key -> key.startsWith("{tag}"));
      redis.flushall();
    }
  }

  @ParameterizedTest
  @EnumSource(ProtocolVersion.class)
  void errorsAndWrongPasswords(ProtocolVersion protocol) {
    try (RedisClient client = client(protocol);
        StatefulRedisConnection<String, String> connection = client.connect()) {
      RedisCommands<String, String> redis = connection.sync();
      redis.set("text", "abc");
      assertThatThrownBy(() -> redis.incr("text"))
          .isInstanceOf(RedisCommandExecutionException.class)
          .hasMessage("ERR value is not an integer or out of range");
      assertThatThrownBy(() -> redis.auth("wrong")).hasMessageStartingWith("WRONGPASS");
      assertThat(redis.get("text")).isEqualTo("abc");
    }
  }

  private static RedisClient client(ProtocolVersion protocol) {
    RedisURI uri =
        RedisURI.builder()
            .withHost("127.0.0.1")
            .withPort(server.server().port())
            .withPassword("secret".toCharArray())
            .withTimeout(TIMEOUT)
            .build();
    RedisClient client = RedisClient.create(uri);
    client.setOptions(ClientOptions.builder().protocolVersion(protocol).build());
    return client;
  }
}
