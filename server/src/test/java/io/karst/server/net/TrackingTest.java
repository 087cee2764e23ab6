package io.karst.server.net;

import static io.karst.server.net.WireClient.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Clients that keep values for themselves, and are told when these are out of date.
class TrackingTest {
  private static final String OK = "+OK\r\n";

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
  void anotherConnectionMayBeTold() throws IOException {
    WireClient reader = start();
    WireClient told = connect();
    String id = told.ask(request("CLIENT", "ID")).substring(1).strip();
    told.ask(request("SUBSCRIBE", "__redis__:invalidate"));
    assertThat(reader.ask(request("CLIENT", "TRACKING", "ON", "REDIRECT", id))).isEqualTo(OK);
    assertThat(reader.ask(request("CLIENT", "GETREDIR"))).isEqualTo(":" + id + "\r\n");
    assertThat(reader.ask(request("CLIENT", "INFO"))).contains("flags=t", "redir=" + id);
    reader.ask(request("GET", "k"));
    connect().ask(request("SET", "k", "v"));
    assertThat(told.reply()).startsWith("*3\r\n$7\r\nmessage\r\n").endsWith("*1\r\n$1\r\nk\r\n");
    reader.ask(request("FLUSHALL"));
    assertThat(told.reply()).startsWith("*3\r\n$7\r\nmessage\r\n").endsWith("$-1\r\n");
  }

  @Test
  void theEndOfTheOtherConnectionIsToldOf() throws IOException {
    WireClient reader = startResp3();
    WireClient told = server.connect();
    String id = told.ask(request("CLIENT", "ID")).substring(1).strip();
    reader.ask(request("CLIENT", "TRACKING", "ON", "REDIRECT", id));
    reader.ask(request("GET", "k"));
    told.close();
    await().until(() -> !reader.ask(request("CLIENT", "LIST")).contains("id=" + id + " "));
    connect().ask(request("SET", "k", "v"));
    assertThat(reader.reply()).isEqualTo(">2\r\n$21\r\ntracking-redir-broken\r\n:" + id + "\r\n");
    assertThat(reader.ask(request("CLIENT", "INFO"))).contains("flags=tR");
    assertThat(reader.ask(request("CLIENT", "TRACKINGINFO"))).contains("broken_redirect");
  }

  @Test
  void whatIsReadIsRememberedUpToALimit() throws IOException {
    WireClient reader = start("tracking-table-max-keys", "10");
    reader.ask(request("HELLO", "3"));
    reader.ask(request("CLIENT", "TRACKING", "ON"));
    StringBuilder requests = new StringBuilder();
    for (int i = 0; i < 30; i++) {
      requests.append(request("GET", "k" + i));
    }
    reader.send(requests + request("PING"));
    int replies = 0;
    int told = 0;
    while (replies < 31 || told < 20) {
      String reply = reader.reply();
      told += reply.startsWith(">") ? 1 : 0;
      replies += reply.startsWith(">") ? 0 : 1;
    }
    assertThat(reader.ask(request("INFO", "stats")))
        .contains("tracking_total_keys:10\r\n", "tracking_total_items:10\r\n");
  }

  @Test
  void aLowerLimitHoldsAtOnce() throws IOException {
    WireClient reader = startResp3();
    reader.ask(request("CLIENT", "TRACKING", "ON"));
    reader.ask(request("MGET", "a", "b", "c"));
    connect().ask(request("CONFIG", "SET", "tracking-table-max-keys", "1"));
    assertThat(reader.reply()).startsWith(">2\r\n$10\r\ninvalidate\r\n*1\r\n");
    assertThat(reader.reply()).startsWith(">2\r\n$10\r\ninvalidate\r\n*1\r\n");
    assertThat(reader.ask(request("INFO", "stats"))).contains("tracking_total_keys:1\r\n");
  }

  @Test
  void whatABlockedCommandChangesIsToldBehindItsReply() throws IOException {
    WireClient waiter = startResp3();
    WireClient other = connect();
    waiter.ask(request("CLIENT", "TRACKING", "ON"));
    for (int i = 0; i < 20; i++) {
      waiter.ask(request("LLEN", "to"));
      waiter.send(request("BLMOVE", "from", "to", "LEFT", "LEFT", "0"));
      await().until(() -> other.ask(request("INFO", "clients")).contains("blocked_clients:1"));
      other.ask(request("RPUSH", "from", "x"));
      assertThat(waiter.reply()).isEqualTo("$1\r\nx\r\n");
      assertThat(waiter.reply()).endsWith("*1\r\n$2\r\nto\r\n");
    }
  }

  @Test
  void whoIsGoneIsForgotten() throws IOException {
    WireClient other = start();
    try (WireClient reader = server.connect()) {
      reader.ask(request("HELLO", "3"));
      reader.ask(request("CLIENT", "TRACKING", "ON"));
      reader.ask(request("GET", "k"));
      assertThat(other.ask(request("INFO", "everything")))
          .contains("tracking_clients:1\r\n", "tracking_total_keys:1\r\n");
    }
    await().until(() -> other.ask(request("INFO", "clients")).contains("tracking_clients:0\r\n"));
  }

  @Test
  void whatNobodyWantsToKnowAnyMoreIsForgotten() throws IOException {
    WireClient reader = start();
    reader.ask(request("HELLO", "3"));
    reader.ask(request("CLIENT", "TRACKING", "ON"));
    reader.ask(request("GET", "k"));
    reader.ask(request("CLIENT", "TRACKING", "OFF"));
    assertThat(reader.ask(request("INFO", "stats")))
        .contains("tracking_total_keys:0\r\n", "tracking_total_items:0\r\n");
  }

  @Test
  void whatExpiresChanges() throws IOException {
    WireClient reader = startResp3();
    connect().ask(request("SET", "k", "v", "PX", "50"));
    reader.ask(request("CLIENT", "TRACKING", "ON"));
    reader.ask(request("STRLEN", "k"));
    assertThat(reader.reply()).isEqualTo(invalidated("k"));
  }

  @Test
  void whatIsUndoneHasNotChanged() throws IOException {
    WireClient reader = startResp3();
    WireClient writer = connect();
    writer.ask(request("SET", "n", "text"));
    reader.ask(request("CLIENT", "TRACKING", "ON"));
    reader.ask(request("MGET", "k", "n"));
    for (String words : List.of("MULTI ATOMIC", "SET k v", "INCR n", "EXEC", "SET n 1")) {
      writer.ask(request(words.split(" ", -1)));
    }
    assertThat(reader.reply()).isEqualTo(invalidated("n"));
  }

  /// Whoever does as he is told has no value in the end that is out of date, however his reads and
  /// the writes of others meet.
  @Test
  void nobodyKeepsWhatIsOutOfDate() throws Exception {
    long seed = Long.getLong("seed", System.nanoTime());
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    start("io-threads", "2");
    for (int round = 0; round < 50; round++) {
      WireClient reader = connect();
      WireClient writer = connect();
      reader.ask(request("HELLO", "3"));
      reader.ask(request("CLIENT", "TRACKING", "ON"));
      int writes = 1 + random.nextInt(20);
      Thread writing =
          Thread.ofVirtual()
              .start(() -> {
                try {
                  for (int i = 1; i <= writes; i++) {
                    writer.ask(request("SET", "k", Integer.toString(i)));
                  }
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
      String kept = null;
      for (int i = 0; i < 20; i++) {
        reader.send(request("GET", "k"));
        kept = take(reader, kept);
      }
      writing.join();
      // What is to be told is on its way; the last of it stands before this reply or behind it.
      String last = "$" + Integer.toString(writes).length() + "\r\n" + writes + "\r\n";
      while (kept != null && !kept.equals(last)) {
        assertThat(reader.reply()).isEqualTo(invalidated("k"));
        kept = null;
      }
      reader.close();
    }
  }

  /// Reads up to the reply, and returns what is to be kept.
  private static String take(WireClient reader, String before) throws IOException {
    String kept = before;
    String reply = reader.reply();
    while (reply.startsWith(">")) {
      kept = null;
      reply = reader.reply();
    }
    return kept == null || !reply.equals(kept) ? reply : kept;
  }

  private static String invalidated(String key) {
    return ">2\r\n$10\r\ninvalidate\r\n*1\r\n$" + key.length() + "\r\n" + key + "\r\n";
  }

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
}
