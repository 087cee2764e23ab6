package io.karst.server.clients;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.karst.base.Clock;
import io.karst.server.RunningServer;
import io.karst.server.config.Config;
import io.karst.server.config.NetworkDirectives;
import io.karst.server.session.Session;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisDataException;

/// `maxmemory-clients` and `maxclients`, from outside.
class ClientEvictionTest {
  private static final int MB = 1 << 20;

  private RunningServer server;
  private Jedis admin;

  @BeforeEach
  void start() throws IOException {
    Config config = Config.memoryOnly();
    config.set(NetworkDirectives.PORT, 0);
    config.set(NetworkDirectives.BIND, List.of("127.0.0.1"));
    server = RunningServer.open(config, Clock.system());
    admin = new Jedis("127.0.0.1", server.server().port(), 20_000);
  }

  @AfterEach
  void stop() {
    admin.close();
    server.close();
  }

  @Test
  void theLargestGoUntilTheRestFits() throws IOException {
    try (Socket large = holding("large", 6 * MB);
        Socket middle = holding("middle", 3 * MB);
        Socket small = holding("small", MB)) {
      admin.configSet("maxmemory-clients", "5mb");
      await().untilAsserted(() -> assertThat(admin.clientList()).doesNotContain("name=large"));
      assertThat(large.getInputStream().read()).isNegative();
      assertThat(admin.clientList()).contains("name=middle").contains("name=small");
      assertThat(admin.info("stats")).contains("evicted_clients:1\r\n");
      admin.configSet("maxmemory-clients", "2mb");
      await().untilAsserted(() -> assertThat(admin.clientList()).doesNotContain("name=middle"));
      assertThat(middle.getInputStream().read()).isNegative();
      assertThat(small.isClosed()).isFalse();
      assertThat(admin.clientList()).contains("name=small");
      admin.configResetStat();
      assertThat(admin.info("stats")).contains("evicted_clients:0\r\n");
    }
  }

  @Test
  void whoAskedToBeSparedIs() throws IOException {
    try (Socket spared = holding("spared", 6 * MB, "CLIENT NO-EVICT ON\r\n");
        Socket other = holding("other", MB)) {
      admin.configSet("maxmemory-clients", "4mb");
      await().untilAsserted(() -> assertThat(admin.clientList()).doesNotContain("name=other"));
      assertThat(other.getInputStream().read()).isNegative();
      assertThat(admin.clientList()).contains("name=spared");
      assertThat(spared.isClosed()).isFalse();
    }
  }

  @Test
  void queuedCommandsAndRepliesCount() throws IOException {
    admin.set("value", "x".repeat(MB));
    try (Socket queues = connect("queues");
        Socket lazy = connect("lazy")) {
      send(queues, "MULTI\r\n");
      for (int i = 0; i < 40; i++) {
        send(queues, "*3\r\n$3\r\nSET\r\n$1\r\nk\r\n$65536\r\n" + "x".repeat(65536) + "\r\n");
      }
      await().until(() -> session("queues").memorySize() > 2 * MB);
      send(lazy, "GET value\r\n".repeat(64));
      await().until(() -> session("lazy").outputBufferSize() > 0);
      admin.configSet("maxmemory-clients", "1000000");
      await().untilAsserted(() -> assertThat(admin.clientList()).doesNotContain("name=queues"));
      admin.configSet("maxmemory-clients", "1");
      await().until(() -> server.server().sessions().count() == 0);
    }
  }

  @Test
  void aPartOfMaxmemoryIsALimitToo() {
    assertThat(admin.configSet("maxmemory-clients", "10%")).isEqualTo("OK");
    assertThat(admin.configGet("maxmemory-clients")).containsEntry("maxmemory-clients", "10%");
    assertThatThrownBy(() -> admin.configSet("maxmemory-clients", "101%"))
        .isInstanceOf(JedisDataException.class)
        .hasMessageContaining("percentage argument must be less or equal to 100");
    assertThatThrownBy(() -> admin.configSet("maxmemory-clients", "-1%"))
        .isInstanceOf(JedisDataException.class)
        .hasMessageContaining("must be a memory or percent value");
    assertThat(admin.ping()).isEqualTo("PONG");
  }

  @Test
  void moreClientsThanTheSystemAllowsAreNotPromised() {
    assertThatThrownBy(() -> admin.configSet("maxclients", "2147483647"))
        .isInstanceOf(JedisDataException.class)
        .hasMessageContaining("The operating system is not able to handle");
    assertThat(admin.configSet("maxclients", "100")).isEqualTo("OK");
  }

  private Session session(String name) {
    Session[] found = new Session[1];
    server
        .server()
        .sessions()
        .forEach(session -> {
          if (session.name().equals(name)) {
            found[0] = session;
          }
        });
    assertThat(found[0]).as(name).isNotNull();
    return found[0];
  }

  /// A client whose unfinished request takes so much.
  private Socket holding(String name, int size, String... before) throws IOException {
    Socket client = connect(name);
    for (String command : before) {
      ask(client, command);
    }
    send(client, "*3\r\n$3\r\nSET\r\n$1\r\nk\r\n$" + 2 * size + "\r\n" + "x".repeat(size));
    await().until(() -> session(name).memorySize() >= size);
    return client;
  }

  private Socket connect(String name) throws IOException {
    Socket client = new Socket(InetAddress.getLoopbackAddress(), server.server().port());
    client.setSoTimeout(20_000);
    ask(client, "CLIENT SETNAME " + name + "\r\n");
    return client;
  }

  private static void ask(Socket client, String command) throws IOException {
    send(client, command);
    assertThat(client.getInputStream().readNBytes(5)).asString().isEqualTo("+OK\r\n");
  }

  private static void send(Socket client, String bytes) throws IOException {
    client.getOutputStream().write(bytes.getBytes(US_ASCII));
  }
}
