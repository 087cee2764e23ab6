package io.karst.server.net;

import static io.karst.server.net.HandMovedCluster.OTHER;
import static io.karst.server.net.WireClient.request;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Messages between members, and what clients are told when the data were replaced.
class ClusterMessagesTest {
  private static final String OK = "+OK\r\n";

  private final HandMovedCluster cluster = HandMovedCluster.ofTwoShards();
  private final List<WireClient> clients = new ArrayList<>();
  private WireServer server;
  private WireClient client;

  @BeforeEach
  void start() throws IOException {
    server = WireServer.inCluster(cluster);
    client = careless();
    cluster.leads();
  }

  @AfterEach
  void stop() throws IOException {
    for (WireClient each : clients) {
      each.close();
    }
    server.close();
  }

  /// One that is told at once.
  private WireClient careless() throws IOException {
    WireClient fresh = server.connect();
    clients.add(fresh);
    assertThat(fresh.ask(request("CLIENT", "DURABILITY", "NONE"))).isEqualTo(OK);
    return fresh;
  }

  private String ask(String... words) throws IOException {
    return client.ask(request(words));
  }

  /// As members give it to each other: docs say how.
  private static byte[] message(String channel, String payload) {
    byte[] name = channel.getBytes(UTF_8);
    byte[] content = payload.getBytes(UTF_8);
    return ByteBuffer.allocate(5 + name.length + content.length)
        .put((byte) 1)
        .putInt(name.length)
        .put(name)
        .put(content)
        .array();
  }

  private static String pushed(String channel, String payload) {
    return "*3\r\n$7\r\nmessage\r\n$"
        + channel.length()
        + "\r\n"
        + channel
        + "\r\n$"
        + payload.length()
        + "\r\n"
        + payload
        + "\r\n";
  }

  // ---- to others ----

  @Test
  void whatIsPublishedGoesToAllMembersWhereverItIsPublished() throws IOException {
    assertThat(ask("PUBLISH", "news", "1")).isEqualTo(":0\r\n");
    cluster.deposed(OTHER);
    cluster.log.rewind();
    cluster.follows(OTHER);
    assertThat(ask("PUBLISH", "news", "2")).isEqualTo(":0\r\n");
    assertThat(cluster.broadcast).containsExactly(message("news", "1"), message("news", "2"));
    assertThat(ask("CLUSTER", "INFO")).contains("cluster_stats_messages_sent:2\r\n");
  }

  @Test
  void theAnswerCountsThoseWhoListenHere() throws IOException {
    WireClient listener = careless();
    assertThat(listener.ask(request("SUBSCRIBE", "news"))).contains("subscribe");
    assertThat(ask("PUBLISH", "news", "1")).isEqualTo(":1\r\n");
    assertThat(listener.reply()).isEqualTo(pushed("news", "1"));
    assertThat(cluster.broadcast).containsExactly(message("news", "1"));
  }

  @Test
  void shardChannelsAndKeyspaceEventsStayHere() throws IOException {
    ask("CONFIG", "SET", "notify-keyspace-events", "AKE");
    assertThat(ask("SPUBLISH", "b", "1")).isEqualTo(":0\r\n");
    assertThat(ask("SET", "b", "1")).isEqualTo(OK);
    assertThat(cluster.broadcast).isEmpty();
  }

  @Test
  void aTransactionsMessagesGoWhenItTakesEffect() throws IOException {
    assertThat(ask("MULTI")).isEqualTo(OK);
    assertThat(ask("PUBLISH", "news", "1")).isEqualTo("+QUEUED\r\n");
    assertThat(cluster.broadcast).isEmpty();
    assertThat(ask("EXEC")).isEqualTo("*1\r\n:0\r\n");
    assertThat(ask("EVAL", "return redis.call('PUBLISH', 'news', '2')", "0")).isEqualTo(":0\r\n");
    assertThat(cluster.broadcast).containsExactly(message("news", "1"), message("news", "2"));
  }

  @Test
  void aMessageWaitsUntilAMajorityHasWhatItsSenderWrote() throws IOException {
    assertThat(ask("SET", "b", "1")).isEqualTo(OK);
    assertThat(ask("PUBLISH", "news", "written")).isEqualTo(":0\r\n");
    WireClient other = careless();
    assertThat(other.ask(request("PUBLISH", "news", "behind"))).isEqualTo(":0\r\n");
    assertThat(cluster.broadcast).isEmpty();
    cluster.log.durable(1);
    assertThat(cluster.broadcast)
        .containsExactly(message("news", "written"), message("news", "behind"));
  }

  @Test
  void whatTellsOfALostChangeIsNotTold() throws IOException {
    assertThat(ask("SET", "b", "1")).isEqualTo(OK);
    assertThat(ask("PUBLISH", "news", "lost")).isEqualTo(":0\r\n");
    WireClient other = careless();
    assertThat(other.ask(request("PUBLISH", "news", "kept"))).isEqualTo(":0\r\n");
    cluster.deposed(OTHER);
    assertThat(cluster.broadcast).containsExactly(message("news", "kept"));
    assertThat(ask("PUBLISH", "news", "later")).isEqualTo(":0\r\n");
    assertThat(cluster.broadcast)
        .containsExactly(message("news", "kept"), message("news", "later"));
    assertThat(ask("CLUSTER", "INFO")).contains("cluster_messages_missed:4\r\n");
  }

  // ---- from others ----

  @Test
  void whoListensHereHearsOtherMembers() throws IOException {
    cluster.follows(OTHER);
    assertThat(ask("SUBSCRIBE", "news")).contains("subscribe");
    WireClient matching = careless();
    assertThat(matching.ask(request("PSUBSCRIBE", "n*"))).contains("psubscribe");
    cluster.hears(message("news", "1"));
    cluster.hears(message("other", "2"));
    cluster.hears(message("news", "3"));
    assertThat(client.reply()).isEqualTo(pushed("news", "1"));
    assertThat(client.reply()).isEqualTo(pushed("news", "3"));
    assertThat(matching.reply()).contains("pmessage", "news", "$1\r\n1\r\n");
    assertThat(cluster.broadcast).isEmpty();
  }

  @Test
  void whatIsNotUnderstoodIsPassedBy() throws IOException {
    assertThat(ask("SUBSCRIBE", "news")).contains("subscribe");
    cluster.hears(new byte[0]);
    cluster.hears(new byte[] {1, 0, 0, 0, 9, 'n'});
    cluster.hears(new byte[] {1, -1, -1, -1, -1, 'n'});
    cluster.hears(new byte[] {2, 0, 0, 0, 4, 'n', 'e', 'w', 's'});
    cluster.hears(message("news", "1"));
    assertThat(client.reply()).isEqualTo(pushed("news", "1"));
  }

  @Test
  void whatComesWhileTooMuchWaitsIsMissed() throws IOException {
    assertThat(ask("SUBSCRIBE", "news")).contains("subscribe");
    server.server.exchange().pressed(true);
    cluster.hears(message("news", "1"));
    server.server.exchange().pressed(false);
    cluster.hears(message("news", "2"));
    assertThat(client.reply()).isEqualTo(pushed("news", "2"));
    WireClient other = careless();
    assertThat(other.ask(request("CLUSTER", "INFO"))).contains("cluster_messages_missed:1\r\n");
  }

  // ---- all data anew ----

  @Test
  void whoTracksKeysIsToldToForgetAllWhenTheDataWereReplaced() throws IOException {
    cluster.follows(OTHER);
    assertThat(ask("HELLO", "3")).contains("server");
    assertThat(ask("CLIENT", "TRACKING", "ON")).isEqualTo(OK);
    ask("READONLY");
    assertThat(ask("GET", "b")).isEqualTo("_\r\n");
    cluster.replaced();
    assertThat(client.reply()).isEqualTo(">2\r\n$10\r\ninvalidate\r\n_\r\n");
    await().until(() -> server.server.tracking().keys() == 0);
  }
}
