package io.karst.server.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.karst.base.Clock;
import io.karst.server.RunningServer;
import io.karst.server.config.Config;
import io.karst.server.config.NetworkDirectives;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisURI;
import io.lettuce.core.TrackingArgs;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.protocol.ProtocolVersion;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import io.lettuce.core.support.caching.CacheAccessor;
import io.lettuce.core.support.caching.CacheFrontend;
import io.lettuce.core.support.caching.ClientSideCaching;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.JedisPubSub;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.RedisProtocol;
import redis.clients.jedis.csc.CacheConfig;

/// Messages and values kept by clients, with Jedis and Lettuce as their users use them.
class MessageClientsTest {
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

  private static HostAndPort address() {
    return new HostAndPort("127.0.0.1", server.server().port());
  }

  private static Jedis jedis(RedisProtocol protocol) {
    return new Jedis(address(), DefaultJedisClientConfig.builder().protocol(protocol).build());
  }

  @ParameterizedTest
  @EnumSource(RedisProtocol.class)
  void jedisListens(RedisProtocol protocol) throws InterruptedException {
    Queue<String> heard = new ConcurrentLinkedQueue<>();
    JedisPubSub listener =
        new JedisPubSub() {
          @Override
          public void onMessage(String channel, String message) {
            heard.add(channel + " " + message);
            if (message.equals("pattern")) {
              psubscribe("n*");
            }
          }

          @Override
          public void onPMessage(String pattern, String channel, String message) {
            heard.add(pattern + " " + channel + " " + message);
            if (message.equals("end")) {
              unsubscribe();
              punsubscribe();
            }
          }
        };
    String name = protocol.name();
    try (Jedis sender = jedis(protocol)) {
      Thread listening =
          Thread.ofVirtual()
              .start(() -> {
                try (Jedis jedis = jedis(protocol)) {
                  jedis.subscribe(listener, name);
                  assertThat(jedis.ping()).isEqualTo("PONG");
                }
              });
      await().until(() -> sender.publish(name, "first") == 1);
      sender.publish(name, "pattern");
      await().until(() -> sender.pubsubNumPat() == 1);
      sender.publish("news", "end");
      listening.join();
      assertThat(sender.pubsubNumSub(name)).containsEntry(name, 0L);
    }
    assertThat(heard).containsExactly(name + " first", name + " pattern", "n* news end");
  }

  @ParameterizedTest
  @EnumSource(ProtocolVersion.class)
  void lettuceListens(ProtocolVersion protocol) {
    Queue<String> heard = new ConcurrentLinkedQueue<>();
    String name = protocol.name();
    try (io.lettuce.core.RedisClient client = lettuce(protocol);
        StatefulRedisPubSubConnection<String, String> listening = client.connectPubSub();
        StatefulRedisConnection<String, String> sending = client.connect()) {
      listening.addListener(
          new RedisPubSubAdapter<>() {
            @Override
            public void message(String channel, String message) {
              heard.add(channel + " " + message);
            }

            @Override
            public void message(String pattern, String channel, String message) {
              heard.add(pattern + " " + channel + " " + message);
            }
          });
      listening.sync().subscribe(name);
      listening.sync().psubscribe(name + "*");
      assertThat(sending.sync().publish(name, "one")).isEqualTo(2);
      listening.sync().unsubscribe(name);
      assertThat(sending.sync().publish(name, "two")).isEqualTo(1);
      await().until(() -> heard.size() == 3);
      assertThat(heard)
          .containsExactlyInAnyOrder(
              name + " one", name + "* " + name + " one", name + "* " + name + " two");
    }
  }

  @Test
  void jedisKeepsValues() {
    try (RedisClient reader =
            RedisClient.builder()
                .hostAndPort(address())
                .clientConfig(
                    DefaultJedisClientConfig.builder().protocol(RedisProtocol.RESP3).build())
                .cacheConfig(CacheConfig.builder().maxSize(100).build())
                .build();
        Jedis writer = jedis(RedisProtocol.RESP3)) {
      writer.set("jedis", "1");
      assertThat(reader.get("jedis")).isEqualTo("1");
      assertThat(reader.get("jedis")).isEqualTo("1");
      assertThat(reader.getCache().getStats().getHitCount()).isEqualTo(1);
      writer.set("jedis", "2");
      await().until(() -> "2".equals(reader.get("jedis")));
      assertThat(reader.getCache().getStats().getInvalidationCount()).isPositive();
    }
  }

  @Test
  void lettuceKeepsValues() {
    Map<String, String> kept = new ConcurrentHashMap<>();
    try (io.lettuce.core.RedisClient client = lettuce(ProtocolVersion.RESP3);
        StatefulRedisConnection<String, String> reading = client.connect();
        StatefulRedisConnection<String, String> writing = client.connect()) {
      CacheFrontend<String, String> cache =
          ClientSideCaching.enable(
              CacheAccessor.forMap(kept), reading, TrackingArgs.Builder.enabled());
      writing.sync().set("lettuce", "1");
      assertThat(cache.get("lettuce")).isEqualTo("1");
      assertThat(kept).containsEntry("lettuce", "1");
      writing.sync().set("lettuce", "2");
      await().until(() -> !kept.containsKey("lettuce"));
      assertThat(cache.get("lettuce")).isEqualTo("2");
    }
  }

  private static io.lettuce.core.RedisClient lettuce(ProtocolVersion protocol) {
    io.lettuce.core.RedisClient client =
        io.lettuce.core.RedisClient.create(RedisURI.create("127.0.0.1", server.server().port()));
    client.setOptions(ClientOptions.builder().protocolVersion(protocol).build());
    return client;
  }
}
