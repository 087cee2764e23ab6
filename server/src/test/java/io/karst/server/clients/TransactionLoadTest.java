package io.karst.server.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.base.Clock;
import io.karst.server.RunningServer;
import io.karst.server.config.CommandLine;
import io.karst.server.config.Config;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.commands.ProtocolCommand;
import redis.clients.jedis.exceptions.JedisDataException;

/// Transactions of many clients beside everything else that takes locks: none waits for ever, and
/// each is whole for everyone.
///
/// What is moved from one account to another is never missing, and never there twice: whoever asks
/// for all accounts in one command or one transaction finds the same sum. Databases are emptied and
/// exchanged beside that, but not the one of the accounts.
@Timeout(300)
class TransactionLoadTest {
  private static final int CLIENTS = 12;
  private static final int ROUNDS = Integer.getInteger("rounds", 400);
  private static final int ACCOUNTS = 40;
  private static final int EACH = 100;

  private final long seed = Long.getLong("seed", System.nanoTime());
  @TempDir private Path folder;
  private RunningServer server;

  @BeforeEach
  void start() throws IOException {
    String data = folder.resolve("data").toString();
    List<String> options =
        List.of("--port", "0", "--bind", "127.0.0.1", "--dir", data, "--io-threads", "3");
    Config config = CommandLine.parse(options).config();
    server = RunningServer.open(config, Clock.system());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void nobodyWaitsForEverAndNothingIsHalf() throws Exception {
    System.out.println("TransactionLoadTest seed " + seed);
    try (Jedis jedis = connect()) {
      for (int i = 0; i < ACCOUNTS; i++) {
        jedis.set(account(i), Integer.toString(EACH));
      }
      jedis.sendCommand(command("CONFIG"), "SET", "maxmemory", "6mb");
    }
    try (ExecutorService executor = Executors.newFixedThreadPool(CLIENTS)) {
      List<Future<?>> ends = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        Random random = new Random(seed + i);
        ends.add(executor.submit(() -> work(random)));
      }
      for (Future<?> end : ends) {
        end.get();
      }
    }
    stop();
    start();
    try (Jedis jedis = connect()) {
      assertThat(sum(jedis.mget(accounts()))).isEqualTo(ACCOUNTS * EACH);
    }
  }

  private void work(Random random) {
    try (Jedis jedis = connect()) {
      for (int round = 0; round < ROUNDS; round++) {
        switch (random.nextInt(12)) {
          case 0, 1, 2 -> move(jedis, random, false);
          case 3, 4 -> move(jedis, random, true);
          case 5 -> assertThat(sum(jedis.mget(accounts()))).isEqualTo(ACCOUNTS * EACH);
          case 6 -> look(jedis);
          case 7 -> elsewhere(jedis, random);
          case 8 -> keyspace(jedis, random);
          case 9 -> queue(jedis, random);
          case 10 -> watched(jedis, random);
          default -> jedis.set("large" + random.nextInt(50), "v".repeat(random.nextInt(50_000)));
        }
      }
    }
  }

  /// Moves something; now and then something fails, and nothing has moved.
  private static void move(Jedis jedis, Random random, boolean atomic) {
    int amount = random.nextInt(50);
    boolean fails = atomic && random.nextBoolean();
    begin(jedis, atomic ? new String[] {"ATOMIC"} : new String[0]);
    send(jedis, "DECRBY", account(random.nextInt(ACCOUNTS)), Integer.toString(amount));
    if (fails) {
      send(jedis, "LPUSH", account(0), "x");
    }
    if (random.nextInt(5) == 0) {
      send(jedis, "DBSIZE");
    }
    send(jedis, "INCRBY", account(random.nextInt(ACCOUNTS)), Integer.toString(amount));
    if (fails) {
      try {
        send(jedis, "EXEC");
        throw new AssertionError("a failing command was forgiven");
      } catch (JedisDataException undone) {
        assertThat(undone).hasMessageStartingWith("EXECABORT Transaction undone");
      }
    } else {
      assertThat(send(jedis, "EXEC")).isInstanceOf(List.class);
    }
  }

  private static void look(Jedis jedis) {
    begin(jedis);
    for (String account : accounts()) {
      send(jedis, "GET", account);
    }
    List<String> found = new ArrayList<>();
    for (Object each : (List<?>) send(jedis, "EXEC")) {
      found.add(new String((byte[]) each, StandardCharsets.UTF_8));
    }
    assertThat(sum(found)).isEqualTo(ACCOUNTS * EACH);
  }

  private static void elsewhere(Jedis jedis, Random random) {
    begin(jedis);
    send(jedis, "SELECT", "1");
    send(jedis, "SET", "k" + random.nextInt(9), "v");
    if (random.nextBoolean()) {
      send(jedis, "SWAPDB", "1", "2");
    } else {
      send(jedis, "FLUSHDB");
    }
    send(jedis, "SELECT", "0");
    send(jedis, "EXEC");
  }

  private static void keyspace(Jedis jedis, Random random) {
    switch (random.nextInt(5)) {
      case 0 -> assertThat(jedis.keys("account*")).hasSize(ACCOUNTS);
      case 1 -> jedis.swapDB(2, 3);
      case 2 -> jedis.save();
      case 3 -> send(jedis, "DELPREFIX", "large");
      default -> jedis.scan("0");
    }
  }

  private static void queue(Jedis jedis, Random random) {
    String[] lists = {"list" + random.nextInt(3), "{x}list" + random.nextInt(3)};
    if (random.nextBoolean()) {
      jedis.blpop(0.01, lists[0], lists[1]);
      return;
    }
    begin(jedis);
    send(jedis, "RPUSH", lists[0], "a", "b");
    send(jedis, "BLMOVE", lists[0], lists[1], "LEFT", "LEFT", "0");
    send(jedis, "EXEC");
  }

  private static void watched(Jedis jedis, Random random) {
    String from = account(random.nextInt(ACCOUNTS));
    String to = account(random.nextInt(ACCOUNTS));
    if (from.equals(to)) {
      return;
    }
    jedis.watch(from, to);
    List<String> seen = jedis.mget(from, to);
    begin(jedis);
    send(jedis, "SET", from, Integer.toString(Integer.parseInt(seen.get(0)) - 1));
    send(jedis, "SET", to, Integer.toString(Integer.parseInt(seen.get(1)) + 1));
    send(jedis, "EXEC");
  }

  private static void begin(Jedis jedis, String... words) {
    send(jedis, "MULTI", words);
  }

  private static Object send(Jedis jedis, String name, String... words) {
    return jedis.sendCommand(command(name), words);
  }

  private static ProtocolCommand command(String name) {
    return () -> name.getBytes(StandardCharsets.UTF_8);
  }

  private static String account(int number) {
    return "account" + number;
  }

  private static String[] accounts() {
    String[] all = new String[ACCOUNTS];
    for (int i = 0; i < ACCOUNTS; i++) {
      all[i] = account(i);
    }
    return all;
  }

  private static int sum(List<String> values) {
    return values.stream().mapToInt(Integer::parseInt).sum();
  }

  private Jedis connect() {
    return new Jedis(
        new HostAndPort("127.0.0.1", server.server().port()),
        DefaultJedisClientConfig.builder().socketTimeoutMillis(60_000).build());
  }
}
