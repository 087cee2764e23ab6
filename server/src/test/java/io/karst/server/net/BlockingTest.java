package io.karst.server.net;

import static io.karst.server.net.WireClient.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.karst.server.session.Pause;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Commands that wait for keys, as clients see them.
class BlockingTest {
  private static final String NIL = "$-1\r\n";
  private static final String NIL_ARRAY = "*-1\r\n";

  private final List<WireClient> clients = new ArrayList<>();
  private WireServer server;

  /// Client 1, which waits for nothing.
  private WireClient writer;

  @BeforeEach
  void start() throws IOException {
    server = WireServer.withAll();
    writer = connect();
  }

  @AfterEach
  void stop() throws IOException {
    for (WireClient client : clients) {
      client.close();
    }
    server.close();
  }

  @Test
  void aCommandThatWaitsCountsOnceWhenItIsAnswered() throws IOException {
    WireClient waiter = connect();
    long before = commands(waiter.ask(request("CLIENT", "INFO"))) + 1;
    waiter.send(request("KEYS", "*") + request("BTAKE", "a", "0"));
    assertThat(waiter.reply()).isEqualTo("*0\r\n");
    awaitBlocked(1);
    await().until(() -> commands(writer.ask(request("CLIENT", "LIST", "ID", "2"))) == before + 1);
    writer.ask(request("SET", "a", "1111"));
    assertThat(waiter.reply()).isEqualTo(taken("a", "1111"));
    assertThat(commands(waiter.ask(request("CLIENT", "INFO")))).isEqualTo(before + 2);
    waiter.ask(request("EVAL", "redis.call('PING'); redis.call('PING')", "0"));
    assertThat(commands(waiter.ask(request("CLIENT", "INFO")))).isEqualTo(before + 6);
  }

  @Test
  void whatIsThereIsTakenAtOnce() throws IOException {
    writer.ask(request("SET", "b", "1111"));
    assertThat(writer.ask(request("BTAKE", "a", "b", "0"))).isEqualTo(taken("b", "1111"));
    assertThat(server.server.engine().waiters().count()).isZero();
  }

  @Test
  void whoWaitsIsServedInTheOrderOfArrival() throws IOException {
    WireClient first = blocked(request("BTAKE", "k", "0"));
    WireClient second = blocked(request("BTAKE", "k", "0"));
    WireClient third = blocked(request("BTAKE", "k", "0"));
    assertThat(writer.ask(request("APPEND", "k", "11112222"))).isEqualTo(":8\r\n");

    assertThat(first.reply()).isEqualTo(taken("k", "1111"));
    assertThat(second.reply()).isEqualTo(taken("k", "2222"));
    assertThat(third.hasHeardNothing()).isTrue();
    assertThat(writer.ask(request("EXISTS", "k"))).isEqualTo(":0\r\n");
    writer.ask(request("SET", "k", "3333"));
    assertThat(third.reply()).isEqualTo(taken("k", "3333"));
    assertThat(server.server.engine().waiters().keys()).isZero();
  }

  @Test
  void theNextCommandOfThePipelineComesAfterWhoWaits() throws IOException {
    WireClient waiting = blocked(request("BTAKE", "k", "0"));
    writer.send(request("APPEND", "k", "1111") + request("TAKE", "k") + request("EXISTS", "k"));

    assertThat(writer.reply()).isEqualTo(":4\r\n");
    assertThat(writer.reply()).isEqualTo(NIL);
    assertThat(writer.reply()).isEqualTo(":0\r\n");
    assertThat(waiting.reply()).isEqualTo(taken("k", "1111"));
  }

  @Test
  void whatIsPipelinedBehindWaitsAndWhatWasBeforeIsAnswered() throws IOException {
    WireClient waiting = connect();
    waiting.send(
        request("SET", "mine", "1")
            + request("BTAKE", "k", "0")
            + request("INCR", "mine")
            + request("BTAKE", "k", "0")
            + request("NOPE")
            + request("INCR", "mine"));
    assertThat(waiting.reply()).isEqualTo("+OK\r\n");
    awaitBlocked(1);
    assertThat(writer.ask(request("GET", "mine"))).isEqualTo("$1\r\n1\r\n");
    writer.ask(request("SET", "k", "1111"));
    assertThat(waiting.reply()).isEqualTo(taken("k", "1111"));
    assertThat(waiting.reply()).isEqualTo(":2\r\n");
    awaitBlocked(1);
    writer.ask(request("SET", "k", "2222"));
    assertThat(waiting.reply()).isEqualTo(taken("k", "2222"));
    assertThat(waiting.reply()).startsWith("-ERR unknown command");
    assertThat(waiting.reply()).isEqualTo(":3\r\n");
  }

  @Test
  void aLargePipelineBehindIsBoundedAndComplete() throws IOException {
    WireClient waiting = connect();
    StringBuilder requests = new StringBuilder(request("BTAKE", "k", "0"));
    for (int i = 0; i < 20_000; i++) {
      requests.append(request("INCR", "n"));
    }
    Thread sender = Thread.ofVirtual().start(() -> sendAll(waiting, requests.toString()));
    awaitBlocked(1);
    writer.ask(request("SET", "k", "1111"));
    assertThat(waiting.reply()).isEqualTo(taken("k", "1111"));
    for (int i = 1; i <= 20_000; i++) {
      assertThat(waiting.reply()).isEqualTo(":" + i + "\r\n");
    }
    assertThat(sender).isNotNull();
  }

  private static void sendAll(WireClient client, String requests) {
    try {
      client.send(requests);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.05", "0.2"})
  void theTimeoutIsExact(String seconds) throws IOException {
    long begin = System.nanoTime();
    assertThat(writer.ask(request("BTAKE", "a", "b", seconds))).isEqualTo(NIL_ARRAY);
    long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
    long wanted = Math.round(Double.parseDouble(seconds) * 1000);
    assertThat(millis).isBetween(wanted - 1, wanted + 500); // The machine may be busy.
    assertThat(server.server.engine().waiters().count()).isZero();
    assertThat(writer.ask(request("PING"))).isEqualTo("+PONG\r\n");
  }

  @Test
  void whoHasTimedOutIsNotServed() throws IOException {
    WireClient waiting = connect();
    assertThat(waiting.ask(request("BTAKE", "k", "0.01"))).isEqualTo(NIL_ARRAY);
    writer.ask(request("SET", "k", "1111"));
    assertThat(writer.ask(request("TAKE", "k"))).isEqualTo("$4\r\n1111\r\n");
  }

  @Test
  void timeoutsThatAreNoneAreRefused() throws IOException {
    for (String timeout : List.of("x", "nan", "")) {
      assertThat(writer.ask(request("BTAKE", "k", timeout)))
          .isEqualTo("-ERR timeout is not a float or out of range\r\n");
    }
    for (String timeout : List.of("-1", "-0.1", "-inf")) {
      assertThat(writer.ask(request("BTAKE", "k", timeout)))
          .isEqualTo("-ERR timeout is negative\r\n");
    }
    for (String timeout : List.of("1e300", "inf", "9223372036854775")) {
      assertThat(writer.ask(request("BTAKE", "k", timeout)))
          .isEqualTo("-ERR timeout is out of range\r\n");
    }
    assertThat(writer.ask(request("BSEE", "k", "1.5")))
        .isEqualTo("-ERR timeout is not an integer or out of range\r\n");
  }

  @Test
  void aValueOfAnotherDatabaseIsNotMeantButOneThatComesFromThereIs() throws IOException {
    WireClient waiting = blocked(request("BTAKE", "k", "0"));
    writer.send(request("SELECT", "1") + request("SET", "k", "1111"));
    assertThat(writer.reply()).isEqualTo("+OK\r\n");
    assertThat(writer.reply()).isEqualTo("+OK\r\n");
    assertThat(waiting.hasHeardNothing()).isTrue();
    assertThat(writer.ask(request("MOVE", "k", "0"))).isEqualTo(":1\r\n");
    assertThat(waiting.reply()).isEqualTo(taken("k", "1111"));
  }

  @Test
  void keysComeToBeInManyWays() throws IOException {
    writer.ask(request("SET", "source", "1111"));
    WireClient one = blocked(request("BTAKE", "k", "0"));
    writer.ask(request("COPY", "source", "k"));
    assertThat(one.reply()).isEqualTo(taken("k", "1111"));
    one.send(request("BTAKE", "k", "0"));
    awaitBlocked(1);
    writer.ask(request("RENAME", "source", "k"));
    assertThat(one.reply()).isEqualTo(taken("k", "1111"));
    one.send(request("BTAKE", "k", "0"));
    awaitBlocked(1);
    writer.send(request("SELECT", "1") + request("SET", "k", "2222"));
    writer.reply();
    writer.reply();
    assertThat(writer.ask(request("SWAPDB", "0", "1"))).isEqualTo("+OK\r\n");
    assertThat(one.reply()).isEqualTo(taken("k", "2222"));
  }

  @Test
  void whoMovesServesTheNext() throws IOException {
    WireClient last = blocked(request("BTAKE", "c", "0"));
    WireClient second = blocked(request("BMOVEALL", "b", "c", "0"));
    WireClient first = blocked(request("BMOVEALL", "a", "b", "0"));
    writer.ask(request("SET", "a", "1111"));

    assertThat(first.reply()).isEqualTo("$4\r\n1111\r\n");
    assertThat(second.reply()).isEqualTo("$4\r\n1111\r\n");
    assertThat(last.reply()).isEqualTo(taken("c", "1111"));
    assertThat(writer.ask(request("EXISTS", "a", "b", "c"))).isEqualTo(":0\r\n");
  }

  @Test
  void anErrorIsAReplyAndLeavesTheKeyToTheNext() throws IOException {
    writer.ask(request("SET", "target", "full"));
    WireClient first = blocked(request("BMOVEALL", "k", "target", "0"));
    WireClient second = blocked(request("BTAKE", "k", "0"));
    writer.ask(request("SET", "k", "1111"));
    assertThat(first.reply()).isEqualTo("-FULL\r\n");
    assertThat(second.reply()).isEqualTo(taken("k", "1111"));
  }

  @Test
  void whoOnlyLooksIsServedBesideOthersAndHearsOfDeletions() throws IOException {
    WireClient one = blocked(request("BSEE", "k", "0"));
    WireClient two = blocked(request("BSEE", "k", "0"));
    writer.ask(request("SET", "k", "1111"));
    assertThat(one.reply()).isEqualTo("$4\r\n1111\r\n");
    assertThat(two.reply()).isEqualTo("$4\r\n1111\r\n");

    one.send(request("BSEE", "k", "0"));
    awaitBlocked(1);
    writer.ask(request("EXPIRE", "k", "100")); // Not what it waits for.
    assertThat(one.hasHeardNothing()).isTrue();
    writer.ask(request("DEL", "k"));
    assertThat(one.reply()).isEqualTo("-GONE\r\n");

    two.send(request("BSEE", "k", "0"));
    awaitBlocked(1);
    writer.ask(request("FLUSHALL"));
    assertThat(two.reply()).isEqualTo("-GONE\r\n");
    assertThat(two.ask(request("BSEE", "k", "5"))).isEqualTo(NIL);
  }

  @Test
  void whoHasGoneIsNotServed() throws IOException {
    WireClient gone = blocked(request("BTAKE", "k", "0"));
    WireClient killed = blocked(request("BTAKE", "k", "0"));
    WireClient stays = blocked(request("BTAKE", "k", "0"));
    gone.close();
    awaitBlocked(2);
    assertThat(writer.ask(request("CLIENT", "KILL", "ID", "3"))).isEqualTo(":1\r\n");
    awaitBlocked(1);
    assertThat(killed.isClosed()).isTrue();
    writer.ask(request("SET", "k", "1111"));
    assertThat(stays.reply()).isEqualTo(taken("k", "1111"));
  }

  @Test
  void aClientThatSaysGoodbyeIsNotWaitedWith() throws IOException {
    WireClient ends = connect();
    ends.send(request("BTAKE", "k", "0"));
    ends.socket.shutdownOutput();
    assertThat(ends.isClosed()).isTrue();
    awaitBlocked(0);
  }

  @Test
  void clientUnblockEndsIt() throws IOException {
    WireClient one = blocked(request("BTAKE", "k", "0"));
    assertThat(writer.ask(request("CLIENT", "LIST"))).contains(" flags=b ").contains("cmd=btake");
    assertThat(writer.ask(request("INFO", "clients")))
        .contains("\r\nblocked_clients:1\r\n")
        .contains("\r\ntotal_blocking_keys:1\r\n")
        .contains("\r\ntotal_blocking_keys_on_nokey:0\r\n")
        .contains("\r\nclients_in_timeout_table:0\r\n");
    assertThat(writer.ask(request("CLIENT", "UNBLOCK", "2"))).isEqualTo(":1\r\n");
    assertThat(one.reply()).isEqualTo(NIL_ARRAY);
    assertThat(writer.ask(request("CLIENT", "UNBLOCK", "2"))).isEqualTo(":0\r\n");

    one.send(request("BTAKE", "k", "100") + request("PING"));
    awaitBlocked(1);
    assertThat(writer.ask(request("INFO", "clients")))
        .contains("\r\nclients_in_timeout_table:1\r\n");
    assertThat(writer.ask(request("CLIENT", "UNBLOCK", "2", "ERROR"))).isEqualTo(":1\r\n");
    assertThat(one.reply()).isEqualTo("-UNBLOCKED client unblocked via CLIENT UNBLOCK\r\n");
    assertThat(one.reply()).isEqualTo("+PONG\r\n");
    assertThat(writer.ask(request("CLIENT", "UNBLOCK", "2", "MAYBE"))).startsWith("-ERR CLIENT");
    assertThat(writer.ask(request("CLIENT", "UNBLOCK", "999"))).isEqualTo(":0\r\n");
  }

  @Test
  void aPauseHoldsWhoWouldServe() throws IOException {
    WireClient waiting = blocked(request("BTAKE", "k", "0"));
    server.server.pause().begin(Pause.Kind.WRITES, Long.MAX_VALUE);
    writer.send(request("SET", "k", "1111"));
    WireClient late = connect();
    late.send(request("BTAKE", "other", "0.01"));
    assertThat(connect().ask(request("EXISTS", "k"))).isEqualTo(":0\r\n");
    assertThat(waiting.hasHeardNothing()).isTrue();
    server.server.pause().end();
    assertThat(writer.reply()).isEqualTo("+OK\r\n");
    assertThat(waiting.reply()).isEqualTo(taken("k", "1111"));
    assertThat(late.reply()).isEqualTo(NIL_ARRAY);
  }

  @Test
  void repliesThatNobodyWantsAreNotWritten() throws IOException {
    WireClient waiting = connect();
    waiting.send(request("CLIENT", "REPLY", "OFF") + request("BTAKE", "k", "0"));
    awaitBlocked(1);
    writer.ask(request("SET", "k", "1111"));
    assertThat(waiting.ask(request("CLIENT", "REPLY", "ON"))).isEqualTo("+OK\r\n");
    assertThat(writer.ask(request("EXISTS", "k"))).isEqualTo(":0\r\n");
  }

  private WireClient connect() throws IOException {
    WireClient client = server.connect();
    clients.add(client);
    assertThat(client.ask(request("CLIENT", "ID"))).isEqualTo(":" + clients.size() + "\r\n");
    return client;
  }

  /// A client that waits with this request, behind those that wait already.
  private WireClient blocked(String request) throws IOException {
    int before = server.server.engine().waiters().count();
    WireClient client = connect();
    client.send(request);
    awaitBlocked(before + 1);
    return client;
  }

  /// How many commands a client has run, of its line.
  private static long commands(String line) {
    Matcher found = Pattern.compile("tot-cmds=([0-9]+)").matcher(line);
    assertThat(found.find()).isTrue();
    return Long.parseLong(found.group(1));
  }

  private void awaitBlocked(int count) {
    await().until(() -> server.server.engine().waiters().count() == count);
  }

  private static String taken(String key, String element) {
    return "*2\r\n$" + key.length() + "\r\n" + key + "\r\n$4\r\n" + element + "\r\n";
  }
}
