package io.karst.server.net;

import static io.karst.server.net.WireClient.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.karst.server.session.Session;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/// Replies that are longer than a socket takes at once.
class LongRepliesTest {
  private static final int COUNT = 20_000;
  private static final String TAIL = "x".repeat(300);

  /// What a list of [#COUNT] elements is on the wire.
  private static final String LIST = wire(COUNT);

  @Test
  void whateverIsLongIsAnsweredWholeInItsTurn() throws IOException {
    try (WireServer server = WireServer.withAll("io-threads", "1");
        WireClient client = server.connect()) {
      fill(client);
      for (String hello : List.of("2", "3")) {
        client.ask(request("HELLO", hello));
        boolean resp3 = hello.equals("3");
        client.send(
            request("PING")
                + request("LRANGE", "l", "0", "-1")
                + request("ECHO", "between")
                + request("LRANGE", "l", "0", "9")
                + request("HGETALL", "h")
                + request("SMEMBERS", "s")
                + request("SUNION", "s", "t")
                + request("INCR", "n" + hello)
                + request("ZRANGE", "z", "0", "-1")
                + request("LRANGE", "l", "-1", "0")
                + request("SINTER", "s", "t")
                + request("PING"));

        assertThat(client.reply()).isEqualTo("+PONG\r\n");
        assertThat(client.reply()).isEqualTo(LIST);
        assertThat(client.reply()).isEqualTo("$7\r\nbetween\r\n");
        assertThat(client.reply()).isEqualTo(wire(10));
        assertThat(items(client, resp3 ? "%" + COUNT : "*" + 2 * COUNT)).hasSize(2 * COUNT);
        String set = resp3 ? "~" : "*";
        assertThat(items(client, set + COUNT)).hasSize(COUNT);
        assertThat(items(client, set + COUNT * 3 / 2)).hasSize(COUNT * 3 / 2);
        assertThat(client.reply()).isEqualTo(":1\r\n");
        assertThat(client.reply()).isEqualTo(wire(COUNT));
        assertThat(client.reply()).isEqualTo("*0\r\n");
        assertThat(items(client, set + COUNT / 2)).hasSize(COUNT / 2);
        assertThat(client.reply()).isEqualTo("+PONG\r\n");
      }
    }
  }

  @Test
  void aReplyThatIsNotTakenIsThereOnceAndStopsNobody() throws IOException {
    try (WireServer server = WireServer.withAll("io-threads", "1");
        WireClient slow = server.connect();
        WireClient other = server.connect()) {
      fill(other);
      slow.send(request("LRANGE", "l", "0", "-1") + request("LPUSH", "l", "new"));
      slow.send(request("LRANGE", "l", "0", "-1") + request("LRANGE", "l", "0", "0"));
      await().until(() -> outputBuffers(server) > LIST.length() / 4);

      assertThat(other.ask(request("GET", "missing"))).isEqualTo("$-1\r\n");
      assertThat(other.ask(request("LPUSH", "l", "other"))).isEqualTo(":" + (COUNT + 1) + "\r\n");
      assertThat(outputBuffers(server)).isLessThan(LIST.length() + (1 << 20));
      assertThat(omem(other)).isGreaterThan(LIST.length() / 4);

      assertThat(slow.reply()).isEqualTo(LIST);
      assertThat(slow.reply()).isEqualTo(":" + (COUNT + 2) + "\r\n");
      assertThat(slow.reply()).isEqualTo(wire(COUNT, "new", "other"));
      assertThat(slow.reply()).isEqualTo("*1\r\n$3\r\nnew\r\n");
      await().until(() -> outputBuffers(server) == 0);
    }
  }

  @Test
  void longAndShortRepliesByTurnsReachWhoTakesThemLate() throws IOException {
    try (WireServer server = WireServer.withAll("io-threads", "1");
        WireClient late = server.connect()) {
      fill(late);
      String value = "v".repeat(50_000);
      late.ask(request("SET", "k", value));
      String pair = request("GET", "k") + request("LRANGE", "l", "0", "1199");
      late.send(pair.repeat(40));
      await().until(() -> outputBuffers(server) > 0);
      String list = wire(1200);
      for (int i = 0; i < 40; i++) {
        assertThat(late.reply()).isEqualTo("$50000\r\n" + value + "\r\n");
        assertThat(late.reply()).isEqualTo(list);
      }
    }
  }

  @Test
  void whoGoesAwayInTheMiddleLeavesNothingBehind() throws IOException {
    try (WireServer server = WireServer.withAll("io-threads", "1");
        WireClient other = server.connect()) {
      fill(other);
      long before = Buffers.POOL.pinnedDirectMemory();
      for (int i = 0; i < 20; i++) {
        try (WireClient leaving = server.connect()) {
          leaving.send(request("LRANGE", "l", "0", "-1").repeat(3));
          if (i % 2 == 0) {
            leaving.socket.getInputStream().readNBytes(100_000);
          }
        }
      }
      await().until(() -> server.server.sessions().count() == 1);
      await().until(() -> Buffers.POOL.pinnedDirectMemory() <= before + (256 << 10));
      assertThat(other.ask(request("PING"))).isEqualTo("+PONG\r\n");
    }
  }

  @Test
  void aReplyBeyondTheLimitClosesItsClientAndIsNotKept() throws IOException {
    try (WireServer server =
            WireServer.withAll("io-threads", "1", "client-output-buffer-limit", "normal 1mb 0 0");
        WireClient other = server.connect()) {
      fill(other);
      long before = Buffers.POOL.pinnedDirectMemory();
      try (WireClient greedy = server.connect()) {
        greedy.send(request("LRANGE", "l", "0", "-1"));
        assertThat(greedy.isClosed()).isTrue();
      }
      await().until(() -> server.server.sessions().count() == 1);
      await().until(() -> Buffers.POOL.pinnedDirectMemory() <= before + (256 << 10));
      assertThat(other.ask(request("LRANGE", "l", "0", "999"))).isEqualTo(wire(1000));
    }
  }

  @Test
  void aReplyOfTheEndIsSentBeforeTheConnectionCloses() throws IOException {
    try (WireServer server = WireServer.withAll("io-threads", "1");
        WireClient client = server.connect()) {
      fill(client);
      client.send(request("LRANGE", "l", "0", "-1") + request("QUIT"));
      assertThat(client.reply()).isEqualTo(LIST);
      assertThat(client.reply()).isEqualTo("+OK\r\n");
      assertThat(client.isClosed()).isTrue();

      try (WireClient half = server.connect()) {
        half.send(request("LRANGE", "l", "0", "-1"));
        half.socket.shutdownOutput();
        assertThat(half.reply()).isEqualTo(LIST);
        assertThat(half.isClosed()).isTrue();
      }
    }
  }

  @Test
  void whatALongReplyTellsWaitsForTheDisk() throws IOException {
    HandMovedLog log = new HandMovedLog();
    try (WireServer server = WireServer.withLog(log, "io-threads", "1");
        WireClient writer = server.connect();
        WireClient reader = server.connect()) {
      fill(reader);
      long filled = log.tail();
      log.durable(filled);
      writer.ask(request("CLIENT", "DURABILITY", "FSYNC"));
      writer.send(request("LSET", "l", "0", "changed"));
      await().until(() -> log.tail() > filled);

      reader.send(
          request("LRANGE", "l", "0", "-1") + request("LSET", "l", "0", "again") + request("PING"));
      await().until(() -> outputBuffers(server) > LIST.length() - 1000);
      assertThat(reader.hasHeardNothing()).isTrue();
      log.durable(log.tail());

      String rest = LIST.substring(LIST.indexOf("$", LIST.indexOf("$") + 1));
      assertThat(reader.reply()).isEqualTo("*" + COUNT + "\r\n$7\r\nchanged\r\n" + rest);
      assertThat(reader.reply()).isEqualTo("+OK\r\n");
      assertThat(reader.reply()).isEqualTo("+PONG\r\n");
      assertThat(writer.reply()).isEqualTo("+OK\r\n");
    }
  }

  @Test
  void aLongReadIsCountedOnce() throws IOException {
    try (WireServer server = WireServer.withAll("io-threads", "1");
        WireClient client = server.connect()) {
      fill(client);
      client.ask(request("CONFIG", "RESETSTAT"));
      client.ask(request("HGETALL", "h"));
      client.ask(request("SUNION", "s", "t"));
      client.ask(request("GET", "missing"));

      assertThat(client.ask(request("INFO", "stats")))
          .contains("\r\nkeyspace_hits:3\r\n")
          .contains("\r\nkeyspace_misses:1\r\n");
      assertThat(client.ask(request("INFO", "commandstats"))).contains("cmdstat_hgetall:calls=1,");
    }
  }

  /// A list `l`, a hash `h`, a sorted set `z`, and sets `s` and `t`, which share a half.
  private static void fill(WireClient client) throws IOException {
    for (int from = 0; from < COUNT; from += 500) {
      List<String> list = words("RPUSH", "l");
      List<String> hash = words("HSET", "h");
      List<String> sorted = words("ZADD", "z");
      List<String> first = words("SADD", "s");
      List<String> second = words("SADD", "t");
      for (int i = from; i < from + 500; i++) {
        list.add(i + TAIL);
        Collections.addAll(hash, "f" + i, i + TAIL);
        Collections.addAll(sorted, Integer.toString(i), i + TAIL);
        first.add("m" + i);
        second.add("m" + (i + COUNT / 2));
      }
      for (List<String> words : List.of(list, hash, sorted, first, second)) {
        assertThat(client.ask(request(words.toArray(String[]::new)))).startsWith(":");
      }
    }
  }

  private static List<String> words(String... first) {
    return new ArrayList<>(List.of(first));
  }

  /// The first elements of the list with others before them, as they are on the wire.
  private static String wire(int count, String... before) {
    StringBuilder text = new StringBuilder();
    text.append('*').append(count + before.length).append("\r\n");
    for (String each : before) {
      text.append('$').append(each.length()).append("\r\n").append(each).append("\r\n");
    }
    for (int i = 0; i < count; i++) {
      String element = i + TAIL;
      text.append('$').append(element.length()).append("\r\n").append(element).append("\r\n");
    }
    return text.toString();
  }

  /// The different items of the next reply, whose first line is `head`.
  private static Set<String> items(WireClient client, String head) throws IOException {
    String reply = client.reply();
    List<String> lines = reply.lines().toList();
    assertThat(lines.getFirst()).isEqualTo(head);
    Set<String> items = new HashSet<>();
    for (int i = 2; i < lines.size(); i += 2) {
      items.add(lines.get(i));
    }
    return items;
  }

  private static long outputBuffers(WireServer server) {
    AtomicLong sum = new AtomicLong();
    server.server.sessions().forEach((Session s) -> sum.addAndGet(s.outputBufferSize()));
    return sum.get();
  }

  /// The most that `CLIENT LIST` says of any client's output.
  private static long omem(WireClient client) throws IOException {
    return client
        .ask(request("CLIENT", "LIST"))
        .lines()
        .filter(line -> line.contains(" omem="))
        .mapToLong(line -> Long.parseLong(line.replaceAll(".* omem=(\\d+).*", "$1")))
        .max()
        .orElse(0);
  }
}
