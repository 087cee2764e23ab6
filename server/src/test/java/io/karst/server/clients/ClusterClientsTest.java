package io.karst.server.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.karst.server.ThreeServers;
import io.lettuce.core.ReadFrom;
import io.lettuce.core.RedisURI;
import io.lettuce.core.cluster.ClusterClientOptions;
import io.lettuce.core.cluster.ClusterTopologyRefreshOptions;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import io.lettuce.core.cluster.models.partitions.RedisClusterNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.ClusterPipeline;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Response;

/// Cluster clients as their users use them, on three real members.
class ClusterClientsTest {
  private static final String HOST = "127.0.0.1";
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir private static Path directory;

  private static ThreeServers servers;

  @BeforeAll
  static void start() throws IOException {
    servers = new ThreeServers(directory);
  }

  @AfterAll
  static void stop() {
    servers.close();
  }

  private static redis.clients.jedis.RedisClusterClient jedis() {
    Set<HostAndPort> nodes =
        IntStream.range(0, 3)
            .mapToObj(i -> new HostAndPort(HOST, servers.port(i)))
            .collect(Collectors.toSet());
    return redis.clients.jedis.RedisClusterClient.builder().nodes(nodes).maxAttempts(20).build();
  }

  private static RedisClusterClient lettuce() {
    int follower = (servers.leader() + 1) % 3;
    RedisURI uri =
        RedisURI.builder().withHost(HOST).withPort(servers.port(follower)).withTimeout(PATIENCE).build();
    RedisClusterClient client = RedisClusterClient.create(uri);
    client.setOptions(
        ClusterClientOptions.builder()
            .topologyRefreshOptions(
                ClusterTopologyRefreshOptions.builder()
                    .enableAllAdaptiveRefreshTriggers()
                    .adaptiveRefreshTriggersTimeout(Duration.ofMillis(100))
                    .build())
            .build());
    return client;
  }

  @Test
  void jedisFindsTheLeader() {
    try (redis.clients.jedis.RedisClusterClient client = jedis()) {
      for (int i = 0; i < 50; i++) {
        client.set("jedis-" + i, "v" + i);
      }
      assertThat(client.get("jedis-7")).isEqualTo("v7");
      client.mset("{jedis}a", "1", "{jedis}b", "2");
      assertThat(client.mget("{jedis}a", "{jedis}b")).containsExactly("1", "2");
      Object sum = client.eval("return redis.call('INCRBY', KEYS[1], ARGV[1])", 1, "jedis-n", "5");
      assertThat(sum).isEqualTo(5L);
      List<Response<String>> got = new ArrayList<>();
      try (ClusterPipeline pipeline = client.pipelined()) {
        for (int i = 0; i < 50; i++) {
          got.add(pipeline.get("jedis-" + i));
        }
      }
      assertThat(got.stream().map(Response::get).toList())
          .containsExactlyElementsOf(IntStream.range(0, 50).mapToObj(i -> "v" + i).toList());
    }
  }

  @Test
  void lettuceSeesWhoIsWho() {
    try (RedisClusterClient client = lettuce();
        StatefulRedisClusterConnection<String, String> connection = client.connect()) {
      assertThat(client.getPartitions()).hasSize(3);
      List<RedisClusterNode> leaders =
          client.getPartitions().stream().filter(node -> node.getRole().isUpstream()).toList();
      assertThat(leaders).hasSize(1);
      assertThat(leaders.getFirst().getSlots()).hasSize(16384);
      assertThat(leaders.getFirst().getUri().getPort()).isEqualTo(servers.port(servers.leader()));
      assertThat(connection.sync().set("lettuce", "v")).isEqualTo("OK");
      assertThat(connection.sync().get("lettuce")).isEqualTo("v");
      assertThat(connection.sync().clusterKeyslot("a")).isEqualTo(15495);
      assertThat(connection.sync().clusterCountKeysInSlot(connection.sync().clusterKeyslot("lettuce").intValue()))
          .isEqualTo(1);
    }
  }

  @Test
  void lettuceReadsFromFollowers() {
    try (RedisClusterClient client = lettuce();
        StatefulRedisClusterConnection<String, String> connection = client.connect()) {
      connection.sync().set("read", "v");
      connection.setReadFrom(ReadFrom.REPLICA);
      await().atMost(PATIENCE).until(() -> "v".equals(connection.sync().get("read")));
    }
  }

  @Test
  void clientsGoOnWhereAnotherLeads() throws IOException {
    try (redis.clients.jedis.RedisClusterClient jedis = jedis();
        RedisClusterClient client = lettuce();
        StatefulRedisClusterConnection<String, String> lettuce = client.connect()) {
      for (int i = 0; i < 20; i++) {
        jedis.set("kept-" + i, "v" + i);
      }
      lettuce.sync().set("kept", "v");
      int leader = servers.leader();
      servers.end(leader);
      assertThat(servers.leader()).isNotEqualTo(leader);
      assertThat(jedis.get("kept-7")).isEqualTo("v7");
      await()
          .atMost(PATIENCE)
          .ignoreExceptions()
          .until(() -> "v".equals(lettuce.sync().get("kept")));
      jedis.set("later", "v");

      servers.start(leader);
      assertThat(servers.leader()).isNotNegative();
      try (WireOfOne back = new WireOfOne(HOST, servers.port(leader))) {
        back.ask("READONLY");
        await().atMost(PATIENCE).until(() -> back.ask("GET", "later").contains("v"));
      }
    }
  }
}
