package io.karst.server.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.karst.base.Clock;
import io.karst.server.RunningServer;
import io.karst.server.config.Config;
import io.karst.server.config.NetworkDirectives;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.RedisProtocol;
import redis.clients.jedis.Response;
import redis.clients.jedis.args.BitOP;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.params.ScanParams;
import redis.clients.jedis.params.SetParams;
import redis.clients.jedis.resps.ScanResult;

/// Jedis as its users use it, over both protocols.
class JedisTest {
  private static RunningServer server;

  @BeforeAll
  static void start() throws IOException {
    Config config = Config.memoryOnly();
    config.set(NetworkDirectives.PORT, 0);
    config.set(NetworkDirectives.BIND, List.of("127.0.0.1"));
    server = RunningServer.open(config, Clock.system());
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @ParameterizedTest
  @EnumSource(RedisProtocol.class)
  void stringsCountersAndExpiry(RedisProtocol protocol) {
    try (Jedis jedis = connect(protocol)) {
      assertThat(jedis.set("k", "v")).isEqualTo("OK");
      assertThat(jedis.get("k")).isEqualTo("v");
      assertThat(jedis.get("missing")).isNull();
      assertThat(jedis.set("k", "w", SetParams.setParams().nx())).isNull();
      assertThat(jedis.set("k", "w", SetParams.setParams().xx().px(50_000))).isEqualTo("OK");
      assertThat(jedis.pttl("k")).isBetween(1L, 50_000L);
      assertThat(jedis.incrBy("n", 41)).isEqualTo(41);
      assertThat(jedis.incr("n")).isEqualTo(42);
      assertThat(jedis.incrByFloat("f", 1.5)).isEqualTo(1.5);
      assertThat(jedis.append("k", "x")).isEqualTo(2);
      assertThat(jedis.mget("k", "missing", "n")).containsExactly("wx", null, "42");
      assertThat(jedis.expire("n", 100)).isEqualTo(1);
      assertThat(jedis.persist("n")).isEqualTo(1);
      assertThat(jedis.ttl("n")).isEqualTo(-1);
      assertThat(jedis.del("k", "n", "f")).isEqualTo(3);
    }
  }

  @ParameterizedTest
  @EnumSource(RedisProtocol.class)
  void bitmapsAndBinaryValues(RedisProtocol protocol) {
    try (Jedis jedis = connect(protocol)) {
      assertThat(jedis.setbit("a", 7, true)).isFalse();
      assertThat(jedis.getbit("a", 7)).isTrue();
      jedis.setbit("b", 3, true);
      assertThat(jedis.bitop(BitOP.OR, "c", "a", "b")).isEqualTo(1);
      assertThat(jedis.bitcount("c")).isEqualTo(2);
      assertThat(jedis.bitfield("d", "INCRBY", "u8", "0", "200", "GET", "u4", "0"))
          .containsExactly(200L, 12L);
      byte[] binary = new byte[256];
      for (int i = 0; i < binary.length; i++) {
        binary[i] = (byte) i;
      }
      byte[] key = "\0binary\r\n".getBytes(StandardCharsets.ISO_8859_1);
      jedis.set(key, binary);
      assertThat(jedis.get(key)).isEqualTo(binary);
      byte[] dumped = jedis.dump(key);
      jedis.restore("copy".getBytes(StandardCharsets.UTF_8), 0, dumped);
      assertThat(jedis.get("copy".getBytes(StandardCharsets.UTF_8))).isEqualTo(binary);
      jedis.flushDB();
      assertThat(jedis.dbSize()).isZero();
    }
  }

  @ParameterizedTest
  @EnumSource(RedisProtocol.class)
  void scansAndPipelines(RedisProtocol protocol) {
    try (Jedis jedis = connect(protocol)) {
      jedis.select(5);
      Pipeline pipeline = jedis.pipelined();
      List<Response<String>> replies = new ArrayList<>();
      for (int i = 0; i < 10_000; i++) {
        replies.add(pipeline.set("scan:" + i, "v" + i));
      }
      pipeline.sync();
      assertThat(replies).allMatch(reply -> reply.get().equals("OK"));
      Set<String> seen = new HashSet<>();
      String cursor = ScanParams.SCAN_POINTER_START;
      do {
        ScanResult<String> page = jedis.scan(cursor, new ScanParams().match("scan:*").count(500));
        seen.addAll(page.getResult());
        cursor = page.getCursor();
      } while (!cursor.equals(ScanParams.SCAN_POINTER_START));
      assertThat(seen).hasSize(10_000);
      assertThat(jedis.keys("scan:99?")).hasSize(10);
      assertThat(jedis.flushDB()).isEqualTo("OK");
    }
  }

  @ParameterizedTest
  @EnumSource(RedisProtocol.class)
  void errorsAreTheOnesClientsKnow(RedisProtocol protocol) {
    try (Jedis jedis = connect(protocol)) {
      jedis.set("text", "abc");
      assertThatThrownBy(() -> jedis.incr("text"))
          .isInstanceOf(JedisDataException.class)
          .hasMessage("ERR value is not an integer or out of range");
      assertThatThrownBy(() -> jedis.rename("missing", "other")).hasMessage("ERR no such key");
      assertThat(jedis.configGet("databases")).containsEntry("databases", "16");
      assertThat(jedis.clientGetname()).isEqualTo("jedis-test");
      assertThat(jedis.clientInfo()).contains("name=jedis-test");
      assertThat(jedis.info("server")).contains("redis_version:");
    }
  }

  private static Jedis connect(RedisProtocol protocol) {
    return new Jedis(
        new HostAndPort("127.0.0.1", server.server().port()),
        DefaultJedisClientConfig.builder().protocol(protocol).clientName("jedis-test").build());
  }
}
