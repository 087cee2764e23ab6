package io.karst.server.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.karst.server.ThreeServers;
import io.lettuce.core.RedisURI;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import io.lettuce.core.cluster.models.partitions.RedisClusterNode;
import io.lettuce.core.cluster.pubsub.StatefulRedisClusterPubSubConnection;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.ClusterPipeline;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Response;

/// Cluster clients as their users use them, on three shards, each a real server.
class ShardClientsTest {
  private static final String HOST = "127.0.0.1";
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int SERVERS = 3;
  private static final int KEYS = 90;

  @TempDir private static Path directory;

  private static ThreeServers servers;

  @BeforeAll
  static void start() throws IOException {
    servers = ThreeServers.ofThreeShards(directory);
  }

  @AfterAll
  static void stop() {
    servers.close();
  }

  private static redis.clients.jedis.RedisClusterClient jedis() {
    return redis.clients.jedis.RedisClusterClient.builder()
        .nodes(Set.of(new HostAndPort(HOST, servers.port(0))))
        .maxAttempts(20)
        .build();
  }

  private static RedisClusterClient lettuce() {
    return RedisClusterClient.create(
        RedisURI.builder()
            .withHost(HOST)
            .withPort(servers.port(1))
            .withTimeout(Duration.ofSeconds(20))
            .build());
  }

  /// A shard may be without a leader at any time, on a busy machine: what is asked of a client is
  /// that it comes through.
  private static void eventually(ThrowingRunnable step) {
    await().atMost(PATIENCE).ignoreExceptions().untilAsserted(step);
  }

  private static String ask(int server, String... words) throws IOException {
    try (WireOfOne wire = new WireOfOne(HOST, servers.port(server))) {
      return wire.ask(words);
    }
  }

  /// How many keys that begin so a server has.
  private static int count(int server, String prefix) throws IOException {
    String answer = ask(server, "EVAL", "return #redis.call('KEYS', ARGV[1])", "0", prefix + "*");
    return Integer.parseInt(answer.replaceAll("\\D", ""));
  }

  @Test
  void jedisFindsTheKeysOfAllShards() {
    try (redis.clients.jedis.RedisClusterClient client = jedis()) {
      eventually(() -> {
        for (int i = 0; i < KEYS; i++) {
          client.set("jedis-" + i, "v" + i);
        }
      });
      eventually(() -> {
        int all = 0;
        for (int server = 0; server < SERVERS; server++) {
          assertThat(count(server, "jedis-")).isPositive();
          all += count(server, "jedis-");
        }
        assertThat(all).isEqualTo(KEYS);
      });
      eventually(() -> {
        List<Response<String>> got = new ArrayList<>();
        try (ClusterPipeline pipeline = client.pipelined()) {
          for (int i = 0; i < KEYS; i++) {
            got.add(pipeline.get("jedis-" + i));
          }
        }
        assertThat(got.stream().map(Response::get)).doesNotContainNull().hasSize(KEYS);
      });
    }
  }

  @Test
  void lettuceSeesThreePrimaries() {
    try (RedisClusterClient client = lettuce();
        StatefulRedisClusterConnection<String, String> connection = client.connect()) {
      eventually(() -> {
        client.refreshPartitions();
        List<RedisClusterNode> primaries =
            client.getPartitions().stream().filter(node -> node.getRole().isUpstream()).toList();
        assertThat(primaries).hasSize(SERVERS);
        assertThat(primaries.stream().mapToInt(node -> node.getSlots().size()).sum())
            .isEqualTo(16384);
      });
      Map<String, String> values =
          IntStream.range(0, KEYS)
              .boxed()
              .collect(Collectors.toMap(i -> "lettuce-" + i, i -> "v" + i));
      eventually(() -> assertThat(connection.sync().mset(values)).isEqualTo("OK"));
      eventually(() ->
          assertThat(connection.sync().mget(values.keySet().toArray(String[]::new)))
              .allMatch(pair -> pair.getValue().equals(values.get(pair.getKey()))));
    }
  }

  @Test
  void whatIsPublishedAtOneIsHeardAtAll() throws IOException {
    List<String> heard = new CopyOnWriteArrayList<>();
    try (RedisClusterClient client = lettuce();
        StatefulRedisClusterPubSubConnection<String, String> connection = client.connectPubSub()) {
      connection.addListener(
          new RedisPubSubAdapter<>() {
            @Override
            public void message(String channel, String message) {
              heard.add(message);
            }
          });
      eventually(() -> connection.sync().subscribe("news"));
      for (int server = 0; server < SERVERS; server++) {
        int from = server;
        eventually(() -> {
          ask(from, "PUBLISH", "news", "from " + from);
          assertThat(heard).contains("from " + from);
        });
      }
    }
  }

  @Test
  void aShardThatIsGoneTakesNoOtherWithIt() throws IOException {
    int gone = 2;
    String key = keyOf(gone);
    try (redis.clients.jedis.RedisClusterClient client = jedis()) {
      eventually(() -> client.set(key, "v"));
      servers.end(gone);
      for (int server = 0; server < gone; server++) {
        int left = server;
        eventually(
            () -> assertThat(ask(left, "GET", key)).contains("CLUSTERDOWN Hash slot not served"));
        eventually(() -> assertThat(ask(left, "CLUSTER", "INFO")).contains("cluster_state:fail"));
        eventually(() -> assertThat(ask(left, "SET", keyOf(left), "v")).contains("OK"));
      }
      servers.start(gone);
      eventually(() -> assertThat(client.get(key)).isEqualTo("v"));
    }
  }

  /// A key that a server has the slot of.
  private static String keyOf(int server) throws IOException {
    for (int i = 0; ; i++) {
      if (ask(server, "GET", "probe-" + i).startsWith("Bulk")) {
        return "probe-" + i;
      }
    }
  }
}
