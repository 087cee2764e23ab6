package io.karst.server.net;

import static io.karst.server.net.WireClient.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Messages, as clients see them.
class MessagesTest {
  private final List<WireClient> clients = new ArrayList<>();
  private WireServer server;

  @AfterEach
  void stop() throws IOException {
    for (WireClient client : clients) {
      client.close();
    }
    server.close();
  }

  @Test
  void aPauseOfWritesHoldsMessagesBack() throws IOException {
    WireClient listener = start();
    WireClient sender = connect();
    WireClient queued = connect();
    WireClient admin = connect();
    listener.ask(request("SUBSCRIBE", "news"));
    admin.ask(request("CLIENT", "PAUSE", "600000", "WRITE"));
    queued.ask(request("MULTI"));
    queued.ask(request("PUBLISH", "news", "two"));
    sender.send(request("PUBLISH", "news", "one"));
    queued.send(request("EXEC"));
    await().until(() -> !server.server.tasks().awaitNone(1));
    assertThat(admin.ask(request("GET", "k"))).isEqualTo("$-1\r\n");
    assertThat(sender.hasHeardNothing() && queued.hasHeardNothing()).isTrue();
    assertThat(listener.hasHeardNothing()).isTrue();
    admin.ask(request("CLIENT", "UNPAUSE"));
    assertThat(sender.reply()).isEqualTo(":1\r\n");
    assertThat(queued.reply()).isEqualTo("*1\r\n:1\r\n");
    assertThat(listener.reply() + listener.reply()).contains("\r\none\r\n", "\r\ntwo\r\n");
  }

  @Test
  void whoSendsToItselfHearsItBehindTheReply() throws IOException {
    WireClient client = startResp3();
    client.ask(request("SUBSCRIBE", "c"));
    client.send(
        request("PUBLISH", "c", "one") + request("PUBLISH", "c", "two") + request("ECHO", "end"));
    assertThat(replies(client, 5))
        .containsExactly(":1\r\n", pushed("one"), ":1\r\n", pushed("two"), "$3\r\nend\r\n");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 500}) // The second is too much for an event loop.
  void aTransactionsMessagesComeBehindItsReply(int commands) throws IOException {
    WireClient client = startResp3();
    client.ask(request("SUBSCRIBE", "c"));
    client.ask(request("MULTI"));
    for (int i = 0; i < commands; i++) {
      client.ask(request("PUBLISH", "c", "m" + i));
    }
    client.send(request("EXEC") + request("ECHO", "end"));
    assertThat(client.reply()).isEqualTo("*" + commands + "\r\n" + ":1\r\n".repeat(commands));
    for (int i = 0; i < commands; i++) {
      assertThat(client.reply()).isEqualTo(pushed("m" + i));
    }
    assertThat(client.reply()).isEqualTo("$3\r\nend\r\n");
  }

  @Test
  void aTransactionThatIsUndoneSendsNothing() throws IOException {
    WireClient sender = start();
    WireClient listener = connect();
    listener.ask(request("SUBSCRIBE", "c"));
    for (String last : List.of("fails", "1")) {
      sender.ask(request("SET", "n", last));
      sender.send(
          request("MULTI", "ATOMIC")
              + request("PUBLISH", "c", last)
              + request("INCR", "n")
              + request("EXEC"));
      replies(sender, 4);
    }
    assertThat(listener.reply()).isEqualTo(message("1"));
  }

  @Test
  void aTransactionThatDoesNotRunSendsNothing() throws IOException {
    WireClient sender = start();
    WireClient listener = connect();
    listener.ask(request("SUBSCRIBE", "c"));
    sender.ask(request("WATCH", "k"));
    connect().ask(request("SET", "k", "v"));
    sender.ask(request("MULTI"));
    sender.ask(request("PUBLISH", "c", "never"));
    assertThat(sender.ask(request("EXEC"))).isEqualTo("*-1\r\n");
    sender.ask(request("PUBLISH", "c", "after"));
    assertThat(listener.reply()).isEqualTo(message("after"));
  }

  @Test
  void messagesComeEvenWithoutReplies() throws IOException {
    WireClient client = startResp3();
    client.send(
        request("CLIENT", "REPLY", "OFF")
            + request("SUBSCRIBE", "c")
            + request("GET", "k")
            + request("PUBLISH", "c", "one"));
    assertThat(replies(client, 2))
        .containsExactly(">3\r\n$9\r\nsubscribe\r\n$1\r\nc\r\n:1\r\n", pushed("one"));
  }

  @Test
  void whoIsBlockedHearsMessages() throws IOException {
    WireClient client = startResp3();
    client.ask(request("SUBSCRIBE", "c"));
    client.send(request("BLPOP", "list", "0"));
    WireClient other = connect();
    await().until(() -> other.ask(request("INFO", "clients")).contains("blocked_clients:1"));
    other.ask(request("PUBLISH", "c", "one"));
    assertThat(client.reply()).isEqualTo(pushed("one"));
    other.ask(request("RPUSH", "list", "x"));
    assertThat(client.reply()).isEqualTo("*2\r\n$4\r\nlist\r\n$1\r\nx\r\n");
  }

  @Test
  void whoDoesNotTakeItsMessagesIsClosed() throws IOException {
    WireClient sender = start("client-output-buffer-limit", "pubsub 1mb 0 0");
    WireClient slow = connect();
    WireClient listener = connect();
    slow.ask(request("SUBSCRIBE", "c"));
    listener.ask(request("SUBSCRIBE", "c"));
    String payload = "x".repeat(10_000);
    String receivers = ":2\r\n";
    for (int i = 0; i < 10_000 && receivers.equals(":2\r\n"); i++) {
      receivers = sender.ask(request("PUBLISH", "c", payload));
      assertThat(listener.reply()).hasSize(message(payload).length());
    }
    assertThat(sender.ask(request("PUBSUB", "NUMSUB", "c"))).endsWith(":1\r\n");
    await().until(() -> slow.socket.getInputStream().skip(1 << 20) == 0 || slow.isClosed());
  }

  @Test
  void whoTakesItsMessagesTooSlowlyIsClosed() throws IOException {
    WireClient sender = start("client-output-buffer-limit", "pubsub 0 100kb 1");
    WireClient slow = connect();
    slow.ask(request("SUBSCRIBE", "c"));
    String payload = "x".repeat(100_000);
    for (int i = 0; i < 100; i++) {
      sender.ask(request("PUBLISH", "c", payload));
    }
    await().until(() -> sender.ask(request("PUBSUB", "NUMSUB", "c")).endsWith(":0\r\n"));
  }

  @Test
  void theEndOfAConnectionEndsItsSubscriptions() throws IOException {
    WireClient client = start();
    try (WireClient listener = connect()) {
      listener.ask(request("SUBSCRIBE", "c"));
      listener.ask(request("PSUBSCRIBE", "c*"));
      listener.ask(request("SSUBSCRIBE", "c"));
      assertThat(client.ask(request("INFO", "clients"))).contains("pubsub_clients:1");
      assertThat(client.ask(request("INFO", "stats")))
          .contains("pubsub_channels:1", "pubsub_patterns:1", "pubsubshard_channels:1");
    }
    await().until(() -> client.ask(request("INFO", "clients")).contains("pubsub_clients:0"));
    assertThat(client.ask(request("INFO", "stats")))
        .contains("pubsub_channels:0", "pubsub_patterns:0", "pubsubshard_channels:0");
  }

  @Test
  void aListListsWhoListens() throws IOException {
    WireClient client = start();
    WireClient listener = connect();
    listener.ask(request("SUBSCRIBE", "a"));
    listener.ask(request("PSUBSCRIBE", "a*"));
    assertThat(client.ask(request("CLIENT", "LIST", "TYPE", "pubsub")))
        .contains("flags=P", "sub=1 psub=1 ssub=0")
        .doesNotContain("flags=N");
    assertThat(client.ask(request("CLIENT", "LIST", "TYPE", "normal"))).doesNotContain("flags=P");
    assertThat(client.ask(request("CLIENT", "KILL", "TYPE", "pubsub"))).isEqualTo(":1\r\n");
    assertThat(listener.isClosed()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void manyHearMany(int loops) throws IOException {
    WireClient sender = start("io-threads", Integer.toString(loops));
    List<WireClient> listeners = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      WireClient listener = connectSmall();
      if (i % 2 == 0) {
        listener.ask(request("HELLO", "3"));
      }
      listener.ask(request("SUBSCRIBE", "c"));
      listeners.add(listener);
    }
    StringBuilder sent = new StringBuilder();
    for (int i = 0; i < 200; i++) {
      sent.append(request("PUBLISH", "c", "m" + i));
    }
    sender.send(sent.toString());
    for (int i = 0; i < 200; i++) {
      assertThat(sender.reply()).isEqualTo(":300\r\n");
    }
    for (int i = 0; i < 300; i++) {
      for (int j = 0; j < 200; j++) {
        String text = "m" + j;
        assertThat(listeners.get(i).reply()).isEqualTo(i % 2 == 0 ? pushed(text) : message(text));
      }
    }
  }

  /// Whoever listens hears of what is sent between the replies to SUBSCRIBE and UNSUBSCRIBE
  /// everything in order, and nothing after the latter.
  @Test
  void nothingIsLostBetweenAndNothingComesAfterwards() throws Exception {
    long seed = Long.getLong("seed", System.nanoTime());
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    start("io-threads", "2");
    WireClient sender = connect();
    AtomicReference<Throwable> failure = new AtomicReference<>();
    List<Thread> listeners = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      WireClient listener = connect();
      Random own = new Random(random.nextLong());
      listeners.add(
          Thread.ofVirtual()
              .start(() -> {
                try {
                  comeAndGo(listener, own);
                } catch (Throwable e) {
                  failure.set(e);
                }
              }));
    }
    int next = 0;
    while (listeners.stream().anyMatch(Thread::isAlive)) {
      StringBuilder sent = new StringBuilder();
      for (int i = 0; i < 16; i++) {
        sent.append(request("PUBLISH", "c", Integer.toString(next++)));
      }
      sender.send(sent.toString());
      replies(sender, 16);
    }
    for (Thread listener : listeners) {
      listener.join();
    }
    assertThat(failure.get()).isNull();
  }

  private static void comeAndGo(WireClient listener, Random random) throws IOException {
    for (int round = 0; round < 100; round++) {
      assertThat(listener.ask(request("SUBSCRIBE", "c"))).contains("\r\nsubscribe\r\n");
      int latest = number(listener.reply());
      for (int left = random.nextInt(50); left > 0; left--) {
        int number = number(listener.reply());
        assertThat(number).isEqualTo(latest + 1);
        latest = number;
      }
      listener.send(request("UNSUBSCRIBE", "c"));
      String reply = listener.reply();
      while (!reply.contains("\r\nunsubscribe\r\n")) {
        assertThat(number(reply)).isEqualTo(++latest);
        reply = listener.reply();
      }
      assertThat(listener.ask(request("ECHO", "end"))).isEqualTo("$3\r\nend\r\n");
    }
  }

  private static int number(String message) {
    assertThat(message).contains("\r\nmessage\r\n");
    String[] lines = message.split("\r\n", -1);
    return Integer.parseInt(lines[lines.length - 2]);
  }

  // ---- the rest ----

  private WireClient start(String... settings) throws IOException {
    server = WireServer.withAll(settings);
    return connect();
  }

  private WireClient startResp3() throws IOException {
    WireClient client = start();
    client.ask(request("HELLO", "3"));
    return client;
  }

  private WireClient connect() throws IOException {
    WireClient client = server.connect();
    clients.add(client);
    return client;
  }

  private WireClient connectSmall() throws IOException {
    WireClient client = server.connectSmall();
    clients.add(client);
    return client;
  }

  private static List<String> replies(WireClient client, int count) throws IOException {
    List<String> replies = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      replies.add(client.reply());
    }
    return replies;
  }

  private static String message(String text) {
    return "*3\r\n$7\r\nmessage\r\n$1\r\nc\r\n$" + text.length() + "\r\n" + text + "\r\n";
  }

  private static String pushed(String text) {
    return message(text).replaceFirst("\\*3", ">3");
  }
}
