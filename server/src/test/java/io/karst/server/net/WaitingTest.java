package io.karst.server.net;

import static io.karst.server.net.WireClient.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.karst.history.Log;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// `WAITAOF` and `WAIT`.
class WaitingTest {
  private final HandMovedLog log = new HandMovedLog();
  private WireServer server;
  private WireClient client;

  @BeforeEach
  void start() throws IOException {
    server = WireServer.withLog(log);
    client = server.connect();
  }

  @AfterEach
  void stop() throws IOException {
    client.close();
    server.close();
  }

  @Test
  void itEndsWhenTheDiskHasWhatTheConnectionWrote() throws IOException {
    client.send(request("SET", "k", "v") + request("WAITAOF", "1", "0", "0") + request("PING"));
    assertThat(client.reply()).isEqualTo("+OK\r\n");
    await().until(() -> server.server.signal().waiting() == 1);
    assertThat(client.hasHeardNothing()).isTrue();
    assertThat(log.requests()).containsExactly(1L);
    log.durable(1);

    assertThat(client.reply()).isEqualTo(answer(1));
    assertThat(client.reply()).isEqualTo("+PONG\r\n");
    assertThat(client.ask(request("WAITAOF", "1", "0", "0"))).isEqualTo(answer(1));
  }

  @Test
  void whatOthersWroteIsNotWaitedFor() throws IOException {
    assertThat(client.ask(request("SET", "k", "v"))).isEqualTo("+OK\r\n");
    try (WireClient other = server.connect()) {
      assertThat(other.ask(request("WAITAOF", "1", "0", "0"))).isEqualTo(answer(1));
    }
    assertThat(client.ask(request("WAITAOF", "0", "0", "0"))).isEqualTo(answer(0));
  }

  @Test
  void theTimeoutEndsIt() throws IOException {
    client.ask(request("SET", "k", "v"));
    assertThat(client.ask(request("WAITAOF", "1", "0", "20"))).isEqualTo(answer(0));
    log.durable(1);
    assertThat(client.ask(request("WAITAOF", "1", "1", "20"))).isEqualTo(answer(1));
    assertThat(client.ask(request("WAIT", "1", "20"))).isEqualTo(":0\r\n");
    assertThat(client.ask(request("WAIT", "0", "0"))).isEqualTo(":0\r\n");
  }

  @Test
  void aDiskThatFailedIsNotWaitedFor() throws IOException {
    client.ask(request("SET", "k", "v"));
    client.send(request("WAITAOF", "1", "0", "0"));
    await().until(() -> server.server.signal().waiting() == 1);
    log.lose("Input/output error");

    assertThat(client.reply()).startsWith("-MISCONF ").contains("Input/output error");
  }

  @Test
  void theEndOfTheClientOrOfTheServerEndsIt() throws Exception {
    client.send(request("WAIT", "1", "0"));
    try (WireClient other = server.connect()) {
      await().until(() -> server.server.signal().waiting() == 1);
      assertThat(other.ask(request("INFO", "clients"))).contains("\r\nblocked_clients:1\r\n");
      assertThat(other.ask(request("CLIENT", "KILL", "ID", "1"))).isEqualTo(":1\r\n");
      assertThat(client.isClosed()).isTrue();
      assertThat(server.server.tasks().awaitNone(20_000)).isTrue();

      other.send(request("WAITAOF", "0", "1", "0"));
      await().until(() -> server.server.signal().waiting() == 1);
      server.server.end();
      assertThat(server.server.tasks().awaitNone(20_000)).isTrue();
    }
  }

  /// The client would take the answers of what follows for those it has not got.
  @Test
  void nothingIsRunBehindWhatTheEndOfTheServerLeavesUnanswered() throws IOException {
    client.ask(request("CLIENT", "PAUSE", "600000", "WRITE"));
    client.send(request("SET", "k", "v") + request("PING"));
    await().until(() -> !server.server.tasks().awaitNone(1));
    server.server.end();

    assertThat(client.isClosed()).isTrue();
  }

  @Test
  void whatIsNoNumberIsRefused() throws IOException {
    assertThat(client.ask(request("WAITAOF", "2", "0", "0")))
        .isEqualTo("-ERR value is out of range, value must between 0 and 1\r\n");
    assertThat(client.ask(request("WAITAOF", "1", "-1", "0")))
        .isEqualTo("-ERR value is out of range, must be positive\r\n");
    assertThat(client.ask(request("WAITAOF", "x", "0", "0")))
        .isEqualTo("-ERR value is not an integer or out of range\r\n");
    assertThat(client.ask(request("WAITAOF", "1", "0", "-1")))
        .isEqualTo("-ERR timeout is negative\r\n");
    assertThat(client.ask(request("WAIT", "1", "x")))
        .isEqualTo("-ERR timeout is not an integer or out of range\r\n");
  }

  @Test
  void withoutAHistoryThereIsNothingToWaitFor() throws IOException {
    try (WireServer memoryOnly = WireServer.withLog(Log.NONE);
        WireClient other = memoryOnly.connect()) {
      assertThat(other.ask(request("WAITAOF", "1", "0", "0")))
          .isEqualTo(
              "-ERR WAITAOF cannot be used when numlocal is set but appendonly is disabled.\r\n");
      assertThat(other.ask(request("WAITAOF", "0", "0", "0"))).isEqualTo(answer(0));
    }
  }

  private static String answer(int local) {
    return "*2\r\n:" + local + "\r\n:0\r\n";
  }
}
