package io.karst.server.net;

import static io.karst.server.net.WireClient.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What one client may expect of its connection.
class WireTest {
  private WireServer server;
  private WireClient client;

  @BeforeEach
  void start() throws IOException {
    server = new WireServer();
    client = server.connect();
  }

  @AfterEach
  void stop() throws IOException {
    client.close();
    server.close();
  }

  @Test
  void inlineCommandsAndRequestsMix() throws IOException {
    client.send("PING\r\n" + request("ECHO", "a\r\nb") + "set 'k 1' \"v\\n\"\r\n");
    client.send(request("GET", "k 1"));

    assertThat(client.reply()).isEqualTo("+PONG\r\n");
    assertThat(client.reply()).isEqualTo("$4\r\na\r\nb\r\n");
    assertThat(client.reply()).isEqualTo("+OK\r\n");
    assertThat(client.reply()).isEqualTo("$2\r\nv\n\r\n");
  }

  @Test
  void aRequestMayComeByteByByte() throws IOException {
    client.socket.setTcpNoDelay(true);
    for (char c : (request("SET", "k", "v") + request("GET", "k")).toCharArray()) {
      client.send(String.valueOf(c));
    }

    assertThat(client.reply()).isEqualTo("+OK\r\n");
    assertThat(client.reply()).isEqualTo("$1\r\nv\r\n");
  }

  @Test
  void errorsStandInTheirPlaceInAPipeline() throws IOException {
    client.send(request("SET", "k", "v") + request("NOPE", "x") + request("GET"));
    client.send(request("BUGGYGET", "k") + request("BUG") + request("GET", "k"));

    assertThat(client.reply()).isEqualTo("+OK\r\n");
    assertThat(client.reply())
        .isEqualTo("-ERR unknown command 'NOPE', with args beginning with: 'x' \r\n");
    assertThat(client.reply()).isEqualTo("-ERR wrong number of arguments for 'get' command\r\n");
    assertThat(client.reply()).isEqualTo("-ERR internal error\r\n");
    assertThat(client.reply()).isEqualTo("-ERR internal error\r\n");
    assertThat(client.reply()).isEqualTo("$1\r\nv\r\n");
    assertThat(server.server.stats().errors()).containsEntry("ERR", 4L);
  }

  @Test
  void aProtocolErrorIsToldAfterTheRepliesBeforeItAndClosesTheConnection() throws IOException {
    client.send(request("PING") + "*1\r\nPING\r\n" + request("PING"));

    assertThat(client.reply()).isEqualTo("+PONG\r\n");
    assertThat(client.reply()).isEqualTo("-ERR Protocol error: expected '$', got 'P'\r\n");
    assertThat(client.isClosed()).isTrue();
  }

  @Test
  void browsersAreTurnedAway() throws IOException {
    client.send("POST / HTTP/1.1\r\nHost: localhost\r\n\r\nSET k v\r\n");

    assertThat(client.isClosed()).isTrue();
    try (WireClient other = server.connect()) {
      assertThat(other.ask(request("GET", "k"))).isEqualTo("$-1\r\n");
    }
  }

  @Test
  void quitIsAnsweredAndWhatFollowsIsNotRun() throws IOException {
    client.send(request("QUIT") + request("SET", "k", "v"));

    assertThat(client.reply()).isEqualTo("+OK\r\n");
    assertThat(client.isClosed()).isTrue();
    try (WireClient other = server.connect()) {
      assertThat(other.ask(request("GET", "k"))).isEqualTo("$-1\r\n");
    }
  }

  @Test
  void aClientThatClosesItsEndIsStillAnswered() throws IOException {
    server.commands.latch = new CountDownLatch(1);
    client.send(request("SET", "k", "v") + request("WAITLATCH") + request("GET", "k"));
    client.socket.shutdownOutput();
    assertThat(client.reply()).isEqualTo("+OK\r\n");
    server.commands.latch.countDown();

    assertThat(client.reply()).isEqualTo("+OK\r\n");
    assertThat(client.reply()).isEqualTo("$1\r\nv\r\n");
    assertThat(client.isClosed()).isTrue();
  }

  @Test
  void aSlowCommandHoldsUpItsOwnConnectionOnlyAndKeepsTheOrder() throws IOException {
    server.commands.latch = new CountDownLatch(1);
    client.send(request("SET", "k", "1") + request("SLOWSET", "k", "2") + request("GET", "k"));
    client.send(request("SET", "k", "3") + request("GET", "k"));
    assertThat(client.reply()).isEqualTo("+OK\r\n");

    try (WireClient other = server.connect()) {
      assertThat(other.ask(request("PING"))).isEqualTo("+PONG\r\n");
      assertThat(other.ask(request("SET", "unrelated", "1"))).isEqualTo("+OK\r\n");
    }
    server.commands.latch.countDown();

    assertThat(client.reply()).isEqualTo("+OK\r\n");
    assertThat(client.reply()).isEqualTo("$1\r\n2\r\n");
    assertThat(client.reply()).isEqualTo("+OK\r\n");
    assertThat(client.reply()).isEqualTo("$1\r\n3\r\n");
  }

  @Test
  void aGroupWhoseLockIsTakenWaitsForItAndKeepsTheOrder() throws IOException {
    server.commands.latch = new CountDownLatch(1);
    client.send(request("SLOWSET", "held", "1"));
    try (WireClient other = server.connect()) {
      await().until(() -> server.commands.waiting.get() > 0);
      other.send(request("SET", "a", "1") + request("GET", "held") + request("GET", "a"));
      other.send(request("PING"));
      assertThat(other.reply()).isEqualTo("+OK\r\n");
      server.commands.latch.countDown();
      assertThat(other.reply()).isEqualTo("$1\r\n1\r\n");
      assertThat(other.reply()).isEqualTo("$1\r\n1\r\n");
      assertThat(other.reply()).isEqualTo("+PONG\r\n");
    }
    assertThat(client.reply()).isEqualTo("+OK\r\n");
  }

  @Test
  void commandsThatLockEverythingRunBetweenTheOthers() throws IOException {
    client.send(request("SET", "k", "1") + request("WIPE") + request("GET", "k"));

    assertThat(client.reply()).isEqualTo("+OK\r\n");
    assertThat(client.reply()).isEqualTo("+OK\r\n");
    assertThat(client.reply()).isEqualTo("$-1\r\n");
  }

  @Test
  void manyKeysAreServedBesideTheLoop() throws IOException {
    StringBuilder request = new StringBuilder("*100001\r\n$3\r\nDEL\r\n");
    for (int i = 0; i < 100_000; i++) {
      request.append("$5\r\n").append(10_000 + i % 90_000).append("\r\n");
    }
    client.ask(request("SET", "10001", "v"));

    assertThat(client.send(request.toString()).reply()).isEqualTo(":1\r\n");
  }

  @Test
  void selectedDatabasesHoldForTheCommandsAfterThem() throws IOException {
    client.send(request("SET", "k", "0") + request("SELECT", "1") + request("GET", "k"));
    client.send(request("SELECT", "0") + request("GET", "k"));

    assertThat(client.reply() + client.reply()).isEqualTo("+OK\r\n+OK\r\n");
    assertThat(client.reply()).isEqualTo("$-1\r\n");
    assertThat(client.reply()).isEqualTo("+OK\r\n");
    assertThat(client.reply()).isEqualTo("$1\r\n0\r\n");
  }

  @Test
  void repliesAreLeftOutAsTheClientWishes() throws IOException {
    client.send(request("REPLY", "OFF") + request("SET", "k", "v") + request("NOPE"));
    client.send(request("REPLY", "ON") + request("REPLY", "SKIP_NEXT") + request("GET", "k"));
    client.send(request("PING"));

    assertThat(client.reply()).isEqualTo("+OK\r\n");
    assertThat(client.reply()).isEqualTo("+PONG\r\n");
    assertThat(client.ask(request("GET", "k"))).isEqualTo("$1\r\nv\r\n");
  }

  @Test
  void aPauseHoldsWritesAndLosesNone() throws IOException {
    try (WireClient other = server.connect()) {
      client.ask(request("PAUSE", "WRITES", "60000"));
      other.send(request("SET", "k", "v") + request("GET", "k"));
      assertThat(client.ask(request("GET", "k"))).isEqualTo("$-1\r\n");
      client.ask(request("PAUSE", "WRITES", "0"));

      assertThat(other.reply()).isEqualTo("+OK\r\n");
      assertThat(other.reply()).isEqualTo("$1\r\nv\r\n");
    }
  }

  @Test
  void aPauseEndsByItself() throws IOException {
    client.ask(request("PAUSE", "ALL", "100"));

    assertThat(client.ask(request("PING"))).isEqualTo("+PONG\r\n");
  }

  @Test
  void aClientIsClosedWhileItsCommandIsAway() throws IOException {
    server.commands.latch = new CountDownLatch(1);
    client.ask(request("PING")); // So that it is client 1.
    try (WireClient other = server.connect()) {
      other.ask(request("PING"));
      other.send(request("WAITLATCH"));
      assertThat(client.ask(request("KILL", "2"))).isEqualTo("+OK\r\n");
      assertThat(other.isClosed()).isTrue();
    }
    server.commands.latch.countDown();
    await().until(() -> server.server.sessions().count() == 1);
  }

  @Test
  void aCommandMayEndAfterTheNetwork() throws Exception {
    WireServer ending = new WireServer();
    ending.commands.latch = new CountDownLatch(1);
    try (WireClient away = ending.connect()) {
      away.send(request("WAITLATCH"));
      await().until(() -> ending.commands.waiting.get() == 1);
      ending.close();
    }
    ending.commands.latch.countDown();
    assertThat(ending.server.tasks().awaitNone(60_000)).isTrue();
  }
}
