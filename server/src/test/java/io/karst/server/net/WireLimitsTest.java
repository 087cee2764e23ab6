package io.karst.server.net;

import static io.karst.server.net.WireClient.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.karst.server.session.Session;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/// What clients may take of the server.
class WireLimitsTest {
  @Test
  void clientsBeyondTheLimitAreRefused() throws IOException {
    try (WireServer server = new WireServer("maxclients", "1");
        WireClient first = server.connect()) {
      assertThat(first.ask("PING\r\n")).isEqualTo("+PONG\r\n");
      try (WireClient second = server.connect()) {
        assertThat(second.reply()).isEqualTo("-ERR max number of clients reached\r\n");
        assertThat(second.isClosed()).isTrue();
      }
      assertThat(server.server.stats().connectionsRejected()).isEqualTo(1);
      first.ask("QUIT\r\n");
      await().until(() -> server.server.sessions().count() == 0);
      try (WireClient third = server.connect()) {
        assertThat(third.ask("PING\r\n")).isEqualTo("+PONG\r\n");
      }
    }
  }

  @Test
  void strangersOnlyAuthenticate() throws IOException {
    try (WireServer server = new WireServer("requirepass", "secret");
        WireClient client = server.connect()) {
      client.send(request("PING") + request("GET", "k") + request("NOPE"));
      client.send(request("AUTH", "secret") + request("GET", "k"));

      assertThat(client.reply()).isEqualTo("-NOAUTH Authentication required.\r\n");
      assertThat(client.reply()).isEqualTo("-NOAUTH Authentication required.\r\n");
      assertThat(client.reply()).startsWith("-ERR unknown command 'NOPE'");
      assertThat(client.reply()).isEqualTo("+OK\r\n");
      assertThat(client.reply()).isEqualTo("$-1\r\n");
    }
  }

  @Test
  void strangersMayNotSendLargeRequests() throws IOException {
    try (WireServer server = new WireServer("requirepass", "secret");
        WireClient client = server.connect()) {
      client.send("*2\r\n$4\r\nAUTH\r\n$100000\r\n");

      assertThat(client.reply()).isEqualTo("-ERR Protocol error: unauthenticated bulk length\r\n");
      assertThat(client.isClosed()).isTrue();
    }
  }

  @Test
  void requestsThatNeverEndAreCutOff() throws IOException {
    try (WireServer server = new WireServer("client-query-buffer-limit", "1mb");
        WireClient client = server.connect()) {
      String part = "$4\r\nabcd\r\n".repeat(100);
      client.send("*1000000000\r\n");
      assertThat(closesWhileSending(client, part)).isTrue();
    }
  }

  @Test
  void largeArgumentsCountAgainstTheQueryBuffer() throws IOException {
    try (WireServer server = new WireServer("client-query-buffer-limit", "1mb");
        WireClient client = server.connect()) {
      client.send("*3\r\n$3\r\nSET\r\n$1\r\nk\r\n$536870912\r\n");
      assertThat(closesWhileSending(client, "x".repeat(10_000))).isTrue();
    }
  }

  @Test
  void announcementsCostNothing() throws IOException {
    try (WireServer server = new WireServer()) {
      WireClient[] clients = new WireClient[100];
      for (int i = 0; i < clients.length; i++) {
        clients[i] = server.connect();
        clients[i].send("*3\r\n$3\r\nSET\r\n$1\r\nk\r\n$536870912\r\n" + "x".repeat(2000));
      }
      await().until(() -> queryBuffers(server) >= 100 * 2000);
      assertThat(queryBuffers(server)).isLessThan(100 * 4000);
      for (WireClient client : clients) {
        client.close();
      }
      await().until(() -> server.server.sessions().count() == 0);
    }
  }

  @Test
  void whoNeverReadsCostsBoundedMemoryAndStopsNobody() throws IOException {
    try (WireServer server = new WireServer();
        WireClient deaf = server.connect();
        WireClient client = server.connect()) {
      client.ask(request("SET", "k", "v".repeat(100_000)));
      deaf.socket.setSoTimeout(1000);
      String pipeline = request("GET", "k").repeat(2000);
      deaf.send(pipeline);

      assertThat(client.ask(request("PING"))).isEqualTo("+PONG\r\n");
      assertThat(outputBuffers(server)).isLessThan(4 << 20);
      for (int i = 0; i < 2000; i++) {
        assertThat(deaf.reply()).hasSize(100_000 + "$100000\r\n\r\n".length());
      }
    }
  }

  @Test
  void whoDoesNotTakeItsRepliesIsClosedWhenTheLimitSaysSo() throws IOException {
    try (WireServer server = new WireServer("client-output-buffer-limit", "normal 100kb 0 0");
        WireClient deaf = server.connect()) {
      deaf.ask(request("SET", "k", "v".repeat(1 << 20)));
      deaf.send(request("GET", "k").repeat(100));

      await().until(() -> server.server.sessions().count() == 0);
    }
  }

  @Test
  void idleClientsAreClosed() throws IOException {
    try (WireServer server = new WireServer("timeout", "1");
        WireClient client = server.connect()) {
      assertThat(client.isClosed()).isTrue();
    }
  }

  @Test
  void whatWaitsBehindASlowCommandIsReadOnlySoFar() throws IOException {
    try (WireServer server = new WireServer("client-query-buffer-limit", "1mb");
        WireClient client = server.connect()) {
      server.commands.latch = new CountDownLatch(1);
      client.send(request("WAITLATCH"));
      Thread sender = Thread.ofVirtual().start(() -> send(client, "PING\r\n".repeat(1_000_000)));
      await().until(() -> queryBuffers(server) > 64 << 10);
      server.commands.latch.countDown();

      assertThat(client.reply()).isEqualTo("+OK\r\n");
      for (int i = 0; i < 1_000_000; i++) {
        assertThat(client.reply()).isEqualTo("+PONG\r\n");
      }
      assertThat(sender).isNotNull();
    }
  }

  private static void send(WireClient client, String text) {
    try {
      client.send(text);
    } catch (IOException closed) {
      // The test ends before everything is sent.
    }
  }

  private static boolean closesWhileSending(WireClient client, String part) throws IOException {
    try {
      for (int i = 0; i < 100_000; i++) {
        client.send(part);
      }
    } catch (IOException closed) {
      return true;
    }
    return client.isClosed();
  }

  private static long queryBuffers(WireServer server) {
    AtomicLong sum = new AtomicLong();
    server.server.sessions().forEach(session -> sum.addAndGet(session.queryBufferSize()));
    return sum.get();
  }

  private static long outputBuffers(WireServer server) {
    AtomicLong sum = new AtomicLong();
    server.server.sessions().forEach((Session s) -> sum.addAndGet(s.outputBufferSize()));
    return sum.get();
  }
}
