package io.karst.server.net;

import static io.karst.server.net.WireClient.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Transactions, as clients see them.
class TransactionTest {
  private static final String OK = "+OK\r\n";
  private static final String QUEUED = "+QUEUED\r\n";

  private final List<WireClient> clients = new ArrayList<>();
  private WireServer server;

  @AfterEach
  void stop() throws IOException {
    for (WireClient client : clients) {
      client.close();
    }
    server.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 100, 129, 5_000})
  void anyNumberOfCommandsIsOne(int commands) throws IOException {
    WireClient client = start();
    StringBuilder requests = new StringBuilder(request("MULTI"));
    StringBuilder expected = new StringBuilder("*" + commands + "\r\n");
    for (int i = 0; i < commands; i++) {
      requests.append(request("APPEND", "k" + i % 7, "x"));
      expected.append(":").append(i / 7 + 1).append("\r\n");
    }
    client.send(requests + request("EXEC") + request("PING"));
    assertThat(client.reply()).isEqualTo(OK);
    for (int i = 0; i < commands; i++) {
      assertThat(client.reply()).isEqualTo(QUEUED);
    }
    assertThat(client.reply()).isEqualTo(expected.toString());
    assertThat(client.reply()).isEqualTo("+PONG\r\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"MULTI", "MULTI ATOMIC"})
  void repliesAreAsLargeAsTheyAre(String multi) throws IOException {
    WireClient client = start();
    String value = "v".repeat(300_000);
    client.ask(request("SET", "large", value));
    client.send(
        request(multi.split(" ", -1))
            + request("GET", "large")
            + request("SET", "large", "x")
            + request("GET", "large")
            + request("EXEC"));
    skip(client, 4);
    assertThat(client.reply()).isEqualTo("*3\r\n$300000\r\n" + value + "\r\n" + OK + "$1\r\nx\r\n");
  }

  @Test
  void whoWaitsIsServedAfterTheLastCommand() throws IOException {
    WireClient writer = start();
    WireClient first = connect();
    WireClient second = connect();
    first.send(request("BLPOP", "list", "0"));
    await().until(() -> server.server.engine().waiters().count() == 1);
    second.send(request("BLPOP", "list", "0"));
    await().until(() -> server.server.engine().waiters().count() == 2);
    writer.send(
        request("MULTI")
            + request("RPUSH", "list", "gone")
            + request("DEL", "list")
            + request("RPUSH", "list", "b")
            + request("LPUSH", "list", "a")
            + request("EXEC")
            + request("LLEN", "list"));
    skip(writer, 5);
    assertThat(writer.reply()).isEqualTo("*4\r\n:1\r\n:1\r\n:1\r\n:2\r\n");
    assertThat(writer.reply()).isEqualTo(":0\r\n");
    assertThat(first.reply()).isEqualTo("*2\r\n$4\r\nlist\r\n$1\r\na\r\n");
    assertThat(second.reply()).isEqualTo("*2\r\n$4\r\nlist\r\n$1\r\nb\r\n");
  }

  @Test
  void nobodyIsServedByWhatIsUndone() throws IOException {
    WireClient writer = start();
    WireClient waiting = connect();
    WireClient watching = connect();
    watching.ask(request("WATCH", "list"));
    waiting.send(request("BLPOP", "list", "0"));
    await().until(() -> server.server.engine().waiters().count() == 1);
    writer.send(
        request("MULTI", "ATOMIC")
            + request("RPUSH", "list", "a")
            + request("INCR", "list")
            + request("EXEC"));
    skip(writer, 3);
    assertThat(writer.reply())
        .isEqualTo(
            "-EXECABORT Transaction undone because of command 2, 'incr': WRONGTYPE Operation"
                + " against a key holding the wrong kind of value\r\n");
    watching.send(request("MULTI") + request("EXISTS", "list") + request("EXEC"));
    skip(watching, 2);
    assertThat(watching.reply()).isEqualTo("*1\r\n:0\r\n");
    assertThat(waiting.hasHeardNothing()).isTrue();
    writer.ask(request("RPUSH", "list", "b"));
    assertThat(waiting.reply()).isEqualTo("*2\r\n$4\r\nlist\r\n$1\r\nb\r\n");
  }

  @Test
  void whatCannotBeUndoneIsRefused() throws IOException {
    WireClient client = start();
    client.send(
        request("MULTI", "ATOMIC")
            + request("FLUSHALL")
            + request("CONFIG", "SET", "maxmemory", "0")
            + request("EXEC"));
    assertThat(client.reply()).isEqualTo(OK);
    assertThat(client.reply())
        .isEqualTo("-ERR 'flushall' cannot be undone, and is not allowed inside MULTI ATOMIC\r\n");
    assertThat(client.reply()).startsWith("-ERR 'config|set' cannot be undone");
    assertThat(client.reply())
        .isEqualTo("-EXECABORT Transaction discarded because of previous errors.\r\n");
  }

  @Test
  void anUndoneSelectIsUndone() throws IOException {
    WireClient client = start();
    client.send(
        request("MULTI", "ATOMIC")
            + request("SELECT", "1")
            + request("SET", "k", "v")
            + request("INCR", "k")
            + request("EXEC")
            + request("SET", "k", "in 0")
            + request("SELECT", "1")
            + request("EXISTS", "k"));
    skip(client, 4);
    assertThat(client.reply()).startsWith("-EXECABORT Transaction undone because of command 3");
    assertThat(client.reply()).isEqualTo(OK);
    assertThat(client.reply()).isEqualTo(OK);
    assertThat(client.reply()).isEqualTo(":0\r\n");
  }

  @Test
  void whoGoesHasQueuedAndWatchedNothing() throws IOException {
    WireClient client = start();
    WireClient leaver = connect();
    leaver.send(request("WATCH", "a", "b") + request("MULTI") + request("SET", "k", "v"));
    skip(leaver, 3);
    assertThat(client.ask(request("INFO", "clients")))
        .contains("watching_clients:1\r\n", "total_watched_keys:2\r\n");
    leaver.close();
    await().until(() -> server.server.engine().watches().watchers() == 0);
    assertThat(client.ask(request("EXISTS", "k"))).isEqualTo(":0\r\n");
  }

  @Test
  void clientListTellsOfIt() throws IOException {
    WireClient client = start();
    WireClient other = connect();
    other.send(request("WATCH", "a", "b") + request("MULTI") + request("SET", "k", "v"));
    skip(other, 3);
    assertThat(client.ask(request("CLIENT", "LIST", "ID", "2")))
        .contains(" flags=x ", " multi=1 ", " watch=2 ", " cmd=set ")
        .doesNotContain(" multi-mem=0 ");
    client.ask(request("SET", "a", "1"));
    assertThat(client.ask(request("CLIENT", "LIST", "ID", "2"))).contains(" flags=xd ");
    other.send(request("EXEC"));
    assertThat(other.reply()).isEqualTo("*-1\r\n");
    assertThat(client.ask(request("CLIENT", "LIST", "ID", "2")))
        .contains(" flags=N ", " multi=-1 ", " watch=0 ", " cmd=exec ");
  }

  @Test
  void whatIsQueuedCountsTowardsTheQueryBuffer() throws IOException {
    WireClient client = start("client-query-buffer-limit", "1mb");
    client.send(request("MULTI"));
    String value = "v".repeat(10_000);
    String bytes = request("SET", "k", value);
    for (int i = 0; i < 100; i++) {
      client.send(bytes);
    }
    skip(client, 101);
    client.send(bytes.repeat(10));
    assertThatThrownBy(() -> skip(client, 10)).isInstanceOf(IOException.class);
  }

  @Test
  void replyModesHoldForTheWhole() throws IOException {
    WireClient client = start();
    client.send(
        request("MULTI")
            + request("SET", "k", "1")
            + request("CLIENT", "REPLY", "SKIP")
            + request("EXEC")
            + request("ECHO", "skipped")
            + request("ECHO", "heard")
            + request("CLIENT", "REPLY", "OFF")
            + request("MULTI")
            + request("SET", "k", "2")
            + request("CLIENT", "REPLY", "ON")
            + request("EXEC")
            + request("GET", "k"));
    skip(client, 3);
    assertThat(client.reply()).isEqualTo("*2\r\n" + OK + OK);
    assertThat(client.reply()).isEqualTo("$5\r\nheard\r\n");
    assertThat(client.reply()).isEqualTo("$1\r\n2\r\n");
  }

  @Test
  void commandsAreCountedWhereTheyRun() throws IOException {
    WireClient client = start();
    client.send(
        request("MULTI")
            + request("SET", "k", "x")
            + request("INCR", "k")
            + request("NOSUCH")
            + request("EXEC")
            + request("MULTI")
            + request("SET", "k", "x")
            + request("INCR", "k")
            + request("EXEC"));
    skip(client, 8);
    assertThat(client.reply()).startsWith("*2\r\n+OK\r\n-ERR");
    assertThat(client.ask(request("INFO", "commandstats")))
        .contains("cmdstat_set:calls=1,", "cmdstat_exec:calls=2,", "cmdstat_multi:calls=2,")
        .containsPattern("cmdstat_incr:calls=1,.*failed_calls=1");
  }

  private WireClient start(String... settings) throws IOException {
    server = WireServer.withAll(settings);
    return connect();
  }

  private WireClient connect() throws IOException {
    WireClient client = server.connect();
    clients.add(client);
    return client;
  }

  private static void skip(WireClient client, int replies) throws IOException {
    for (int i = 0; i < replies; i++) {
      client.reply();
    }
  }
}
