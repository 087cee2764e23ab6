package io.karst.server.clients;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.karst.base.Clock;
import io.karst.server.RunningServer;
import io.karst.server.config.CommandLine;
import io.karst.server.config.Config;
import io.karst.server.config.NetworkDirectives;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Transaction;
import redis.clients.jedis.commands.ProtocolCommand;
import redis.clients.jedis.exceptions.JedisDataException;

/// `CHANGES` as somebody uses it who keeps a copy of the store.
class ChangesTest {
  private static final ProtocolCommand CHANGES = () -> "CHANGES".getBytes(UTF_8);
  private static final ProtocolCommand FLUSHDB = () -> "FLUSHDB".getBytes(UTF_8);
  private static final ProtocolCommand SWAPDB = () -> "SWAPDB".getBytes(UTF_8);

  private final long seed = Long.getLong("seed", System.nanoTime());
  private final SplittableRandom random = new SplittableRandom(seed);

  @TempDir private Path folder;
  private RunningServer server;
  private Jedis jedis;

  /// A command of the feed.
  private record Change(long lsn, int database, List<String> words) {}

  /// A server in memory that gets what the feed shows.
  private RunningServer copy;

  private Jedis toCopy;
  private long next;

  @BeforeEach
  void start() throws IOException {
    startAgain();
    Config inMemory = Config.memoryOnly();
    inMemory.set(NetworkDirectives.PORT, 0);
    inMemory.set(NetworkDirectives.BIND, List.of("127.0.0.1"));
    copy = RunningServer.open(inMemory, Clock.system());
    toCopy = connect(copy);
  }

  private void startAgain() throws IOException {
    String[] options = {"--port", "0", "--bind", "127.0.0.1", "--save", "", "--databases", "3"};
    String[] disk = {"--dir", folder.resolve("data").toString(), "--changes-retention", "1gb"};
    List<String> all = Stream.of(options, disk).flatMap(Stream::of).toList();
    server = RunningServer.open(CommandLine.parse(all).config(), Clock.system());
    jedis = connect(server);
  }

  @AfterEach
  void stop() {
    jedis.close();
    server.close();
    toCopy.close();
    copy.close();
  }

  @Test
  void aCopyStaysACopyWhateverHappens() throws IOException {
    for (int round = 0; round < 40; round++) {
      for (int i = 0; i < 100; i++) {
        change();
      }
      if (round % 10 == 9) {
        jedis.save();
        jedis.close();
        server.close();
        startAgain();
      }
      follow("COUNT", Integer.toString(1 + random.nextInt(50)));
      check();
    }
    next = 0;
    toCopy.flushAll();
    follow("COUNT", "1000000");
    check();
  }

  @Test
  void aTransactionIsNotCutAndAFilterLeavesOutTheRest() {
    long from = read("FROM", "$").next;
    Transaction transaction = jedis.multi();
    transaction.set("a:1", "x");
    transaction.set("b:1", "y");
    transaction.hset("a:2", "f", "v");
    transaction.exec();
    jedis.set("a:3", "z");
    Answer first = read("FROM", Long.toString(from), "COUNT", "1", "PREFIX", "a:");
    assertThat(first.changes)
        .extracting(Change::words)
        .containsExactly(List.of("SET", "a:1", "x"), List.of("HSET", "a:2", "f", "v"));
    assertThat(first.changes).extracting(Change::lsn).containsOnly(from);
    Answer second = read("FROM", Long.toString(first.next), "PREFIX", "b:", "PREFIX", "a:3");
    assertThat(second.changes)
        .extracting(Change::words)
        .containsExactly(List.of("SET", "a:3", "z"));
    assertThat(read("FROM", Long.toString(second.next)).changes).isEmpty();
  }

  @Test
  void whoWaitsIsAnsweredWhenThereIsSomething() {
    long from = read("FROM", "$").next;
    try (Jedis other = connect(server)) {
      CompletableFuture<Object> waiting =
          CompletableFuture.supplyAsync(() ->
              other.sendCommand(CHANGES, "FROM", Long.toString(from), "PREFIX", "k", "BLOCK", "0"));
      jedis.set("other", "v");
      jedis.set("k", "v");
      assertThat(Answer.of(waiting.join()).changes)
          .extracting(Change::words)
          .containsExactly(List.of("SET", "k", "v"));
    }
    long end = read("FROM", "$").next;
    Answer nothing = read("FROM", Long.toString(end), "BLOCK", "20");
    assertThat(nothing.changes).isEmpty();
    assertThat(nothing.next).isEqualTo(end);
  }

  @Test
  void whatCannotBeReadIsSaid() {
    jedis.set("k", "v");
    long end = read("FROM", "$").next;
    assertThatThrownBy(() -> read("FROM", Long.toString(end + 800)))
        .isInstanceOf(JedisDataException.class)
        .hasMessageContaining("no change begins at LSN " + (end + 800));
    assertThatThrownBy(() -> read("FROM", "x")).hasMessageContaining("not an integer");
    assertThatThrownBy(() -> read("FROM", "0", "COUNT")).hasMessageContaining("syntax");
    assertThatThrownBy(() -> read("FROM", "0", "COUNT", "0")).hasMessageStartingWith("ERR value");
    assertThatThrownBy(() -> read("TO", "0")).hasMessageContaining("unknown subcommand");
  }

  @Test
  void whoMayNotReadAllKeysMayNotReadWhatHappensToThem() {
    jedis.aclSetUser("some", "on", ">pw", "+@all", "~some:*");
    jedis.set("other", "v");
    jedis.auth("some", "pw");
    assertThatThrownBy(() -> read("FROM", "0")).hasMessageStartingWith("NOPERM");
    jedis.set("some:key", "v");
  }

  @Test
  void whoComesTooLateIsToldHowFarTheHistoryGoesBack() {
    jedis.configSet("changes-retention", "0");
    byte[] value = new byte[1 << 20];
    for (int i = 0; i < 150; i++) {
      jedis.set("k".getBytes(UTF_8), value);
    }
    jedis.save();
    long told = 0;
    while (told == 0 || !reads(told)) {
      long before = told;
      told = oldest(told);
      assertThat(told).isGreaterThan(before);
    }
  }

  /// Waits until there is no history at `lsn` any more, as the log lets go of it file by file;
  /// returns what the error says is left.
  private long oldest(long lsn) {
    while (true) {
      try {
        read("FROM", Long.toString(lsn));
      } catch (JedisDataException tooLate) {
        String line = tooLate.getMessage();
        assertThat(line).matches("ERR the history goes back to LSN \\d+ only; .*");
        return Long.parseLong(line.replaceAll("\\D+(\\d+).*", "$1"));
      }
    }
  }

  /// Whether there is history from `lsn` on; not if the log has let go of it meanwhile.
  private boolean reads(long lsn) {
    try {
      return read("FROM", Long.toString(lsn)).next >= lsn;
    } catch (JedisDataException moved) {
      return false;
    }
  }

  // ---- the store ----

  private void change() {
    jedis.select(random.nextInt(3));
    String number = Integer.toString(random.nextInt(8));
    String word = "w" + random.nextInt(6);
    switch (random.nextInt(16)) {
      case 0, 1 -> jedis.set("s" + number, word);
      case 2 -> jedis.append("s" + number, word);
      case 3, 4 -> jedis.hset("h" + number, word, Integer.toString(random.nextInt(100)));
      case 5 -> jedis.hdel("h" + number, word);
      case 6, 7 -> jedis.sadd("m" + number, word, "a");
      case 8 -> jedis.srem("m" + number, word);
      case 9 -> jedis.del("s" + number, "h" + number, "m" + number);
      case 10 -> jedis.zincrby("z" + number, random.nextInt(9) / 4.0, word);
      case 11 -> jedis.rpush("l" + number, word, "x");
      case 12 -> jedis.lpop("l" + number);
      case 13 -> jedis.copy("l" + number, "l9", true);
      default -> changeMore(number);
    }
  }

  private void changeMore(String number) {
    switch (random.nextInt(8)) {
      case 0 -> jedis.swapDB(random.nextInt(3), random.nextInt(3));
      case 1 -> jedis.flushDB();
      case 2 -> {
        Transaction whole = jedis.multi();
        whole.set("s" + number, "t");
        whole.sendCommand(FLUSHDB, new byte[0][]);
        whole.sendCommand(SWAPDB, "0", "1");
        whole.set("s" + number, "u");
        whole.exec();
      }
      default -> jedis.sunionstore("m0", "m" + number, "m1");
    }
  }

  private void check() {
    for (int database = 0; database < 3; database++) {
      assertThat(contents(toCopy, database))
          .as("seed %d, database %d", seed, database)
          .isEqualTo(contents(jedis, database));
    }
  }

  private static Map<String, Object> contents(Jedis of, int database) {
    of.select(database);
    TreeMap<String, Object> contents = new TreeMap<>();
    for (String key : of.keys("*")) {
      Object value =
          switch (key.charAt(0)) {
            case 's' -> of.get(key);
            case 'h' -> new TreeMap<>(of.hgetAll(key));
            case 'm' -> new TreeSet<>(of.smembers(key));
            case 'l' -> of.lrange(key, 0, -1);
            default -> of.zrangeWithScores(key, 0, -1);
          };
      contents.put(key, value);
    }
    return contents;
  }

  // ---- the copy ----

  private void follow(String... options) {
    Answer answer;
    do {
      String[] from = {"FROM", Long.toString(next)};
      answer = read(Stream.of(from, options).flatMap(Stream::of).toArray(String[]::new));
      answer.changes.forEach(this::apply);
      next = answer.next;
    } while (!answer.changes.isEmpty());
  }

  private void apply(Change change) {
    toCopy.select(change.database);
    List<String> words = change.words;
    String verb = words.getFirst();
    if (verb.equals("DELELEMENT")) {
      verb =
          switch (toCopy.type(words.get(1))) {
            case "hash" -> "HDEL";
            case "set" -> "SREM";
            default -> "ZREM";
          };
    }
    byte[] name = bytes(verb);
    byte[][] rest = words.stream().skip(1).map(ChangesTest::bytes).toArray(byte[][]::new);
    toCopy.sendCommand(() -> name, rest);
  }

  // ---- the wire ----

  private record Answer(long next, List<Change> changes) {
    @SuppressWarnings("unchecked")
    static Answer of(Object reply) {
      List<Object> flat = (List<Object>) reply;
      List<Change> changes = new ArrayList<>();
      for (Object each : (List<Object>) flat.get(3)) {
        List<Object> change = (List<Object>) each;
        List<String> words =
            ((List<byte[]>) change.get(2)).stream().map(ChangesTest::text).toList();
        changes.add(new Change((Long) change.get(0), ((Long) change.get(1)).intValue(), words));
      }
      return new Answer((Long) flat.get(1), changes);
    }
  }

  /// Bytes as characters of one byte each.
  private static String text(byte[] bytes) {
    return new String(bytes, ISO_8859_1);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(ISO_8859_1);
  }

  private Answer read(String... words) {
    return Answer.of(jedis.sendCommand(CHANGES, words));
  }

  private static Jedis connect(RunningServer to) {
    return new Jedis("127.0.0.1", to.server().port());
  }
}
