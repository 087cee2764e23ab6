package io.karst.server.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.karst.server.ThreeServers;
import io.karst.server.tools.Tools;
import io.lettuce.core.ReadFrom;
import io.lettuce.core.RedisURI;
import io.lettuce.core.cluster.ClusterClientOptions;
import io.lettuce.core.cluster.ClusterTopologyRefreshOptions;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import io.lettuce.core.cluster.models.partitions.RedisClusterNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
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

/// Cluster clients as their users use them, on three real members.
class ClusterClientsTest {
  private static final String HOST = "127.0.0.1";
  private static final Duration PATIENCE = Duration.ofMinutes(2);

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
        RedisURI.builder()
            .withHost(HOST)
            .withPort(servers.port(follower))
            .withTimeout(Duration.ofSeconds(5))
            .build();
    RedisClusterClient client = RedisClusterClient.create(uri);
    client.setOptions(
        ClusterClientOptions.builder()
            .topologyRefreshOptions(
                ClusterTopologyRefreshOptions.builder()
                    .enablePeriodicRefresh(Duration.ofMillis(500))
                    .build())
            .build());
    return client;
  }

  /// A leader may lose its office at any time, on a busy machine: what is asked of a client is that
  /// it comes through.
  private static void eventually(ThrowingRunnable step) {
    await().atMost(PATIENCE).ignoreExceptions().untilAsserted(step);
  }

  @Test
  void jedisFindsTheLeader() {
    try (redis.clients.jedis.RedisClusterClient client = jedis()) {
      eventually(() -> {
        for (int i = 0; i < 50; i++) {
          client.set("jedis-" + i, "v" + i);
        }
        assertThat(client.get("jedis-7")).isEqualTo("v7");
      });
      eventually(() -> {
        client.mset("{jedis}a", "1", "{jedis}b", "2");
        assertThat(client.mget("{jedis}a", "{jedis}b")).containsExactly("1", "2");
      });
      String script = "return redis.call('SET', KEYS[1], ARGV[1])";
      eventually(() -> assertThat(client.eval(script, 1, "jedis-n", "5")).isEqualTo("OK"));
      eventually(() -> assertThat(pipelined(client)).contains("v0", "v49").hasSize(50));
    }
  }

  private static List<String> pipelined(redis.clients.jedis.RedisClusterClient client) {
    List<Response<String>> got = new ArrayList<>();
    try (ClusterPipeline pipeline = client.pipelined()) {
      for (int i = 0; i < 50; i++) {
        got.add(pipeline.get("jedis-" + i));
      }
    }
    return got.stream().map(Response::get).toList();
  }

  @Test
  void lettuceSeesWhoIsWho() {
    try (RedisClusterClient client = lettuce();
        StatefulRedisClusterConnection<String, String> connection = client.connect()) {
      eventually(() -> {
        int leader = servers.port(servers.leader());
        client.refreshPartitions();
        assertThat(client.getPartitions()).hasSize(3);
        List<RedisClusterNode> leaders =
            client.getPartitions().stream().filter(node -> node.getRole().isUpstream()).toList();
        assertThat(leaders).hasSize(1);
        assertThat(leaders.getFirst().getSlots()).hasSize(16384);
        assertThat(leaders.getFirst().getUri().getPort()).isEqualTo(leader);
      });
      eventually(() -> {
        assertThat(connection.sync().set("lettuce", "v")).isEqualTo("OK");
        assertThat(connection.sync().get("lettuce")).isEqualTo("v");
      });
      eventually(() -> assertThat(connection.sync().clusterKeyslot("a")).isEqualTo(15495));
    }
  }

  @Test
  void peopleSeeWhoLeadsAndMoveIt() {
    eventually(() -> {
      String any = Integer.toString(servers.port(0));
      assertThat(tool("cluster", "status", "--port", any).lines()).hasSize(4);
      int next = (servers.leader() + 1) % 3;
      String address = HOST + ":" + servers.port(next);
      assertThat(tool("cluster", "move-leader", address, "--port", any)).contains("leads now");
      assertThat(servers.leader()).isEqualTo(next);
    });
  }

  /// What a verb of `./karst` prints.
  private static String tool(String... words) {
    StringWriter out = new StringWriter();
    PrintWriter printer = new PrintWriter(out, true);
    assertThat(Tools.run(printer, printer, words)).as("%s", out).isZero();
    return out.toString();
  }

  @Test
  void lettuceReadsFromFollowers() {
    try (RedisClusterClient client = lettuce();
        StatefulRedisClusterConnection<String, String> connection = client.connect()) {
      eventually(() -> assertThat(connection.sync().set("read", "v")).isEqualTo("OK"));
      connection.setReadFrom(ReadFrom.REPLICA);
      eventually(() -> assertThat(connection.sync().get("read")).isEqualTo("v"));
    }
  }

  @Test
  void clientsGoOnWhereAnotherLeads() throws IOException {
    try (redis.clients.jedis.RedisClusterClient jedis = jedis();
        RedisClusterClient client = lettuce();
        StatefulRedisClusterConnection<String, String> lettuce = client.connect()) {
      eventually(() -> {
        for (int i = 0; i < 20; i++) {
          jedis.set("kept-" + i, "v" + i);
        }
      });
      eventually(() -> lettuce.sync().set("kept", "v"));
      int leader = servers.leader();
      servers.end(leader);
      assertThat(servers.leader()).isNotEqualTo(leader);
      eventually(() -> assertThat(jedis.get("kept-7")).isEqualTo("v7"));
      eventually(() -> assertThat(lettuce.sync().get("kept")).isEqualTo("v"));
      eventually(() -> jedis.set("later", "v"));

      servers.start(leader);
      try (WireOfOne back = new WireOfOne(HOST, servers.port(leader))) {
        eventually(() -> {
          back.ask("READONLY");
          assertThat(back.ask("GET", "later")).contains("\"v\"");
        });
      }
    }
  }
}
