package io.karst.server.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.base.Clock;
import io.karst.server.RunningServer;
import io.karst.server.config.CommandLine;
import io.karst.server.config.Config;
import java.io.IOException;
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
import redis.clients.jedis.exceptions.JedisDataException;

/// Scripts of many clients on keys that nobody has named, in strings and in large hashes, beside
/// transactions and commands that lock everything: none waits for ever, each is whole for everyone,
/// and whole or gone after the process has died.
@Timeout(300)
class ScriptLoadTest {
  private static final int CLIENTS = 10;
  private static final int ROUNDS = Integer.getInteger("rounds", 80);
  private static final int ACCOUNTS = 24;

  /// Accounts with lower numbers are fields of hashes that are too large to be packed.
  private static final int LARGE = 4;

  /// Moves something between accounts that are found on the way; ARGV: steps, first account.
  private static final String MOVE =
      """
      local function add(name, delta)
        if redis.call('TYPE', name).ok == 'hash' then
          redis.call('HINCRBY', name, 'sum', delta)
        else
          redis.call('INCRBY', name, delta)
        end
      end
      local at = tonumber(ARGV[2])
      for i = 1, tonumber(ARGV[1]) do
        add('account' .. at, -1)
        at = (at * 7 + i) % 24
        add('account' .. at, 1)
      end
      redis.call('INCR', 'moves')
      return at
      """;

  private static final String SUM =
      """
      local sum = 0
      for i = 0, 23 do
        local name = 'account' .. i
        if redis.call('TYPE', name).ok == 'hash' then
          sum = sum + (redis.call('HGET', name, 'sum') or 0)
        else
          sum = sum + (redis.call('GET', name) or 0)
        end
      end
      return sum
      """;

  private final long seed = Long.getLong("seed", System.nanoTime());
  @TempDir private Path folder;
  private RunningServer server;

  @BeforeEach
  void start() throws IOException {
    server = open(folder.resolve("data"));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static RunningServer open(Path data) throws IOException {
    List<String> options =
        List.of(
            "--port", "0", "--bind", "127.0.0.1", "--dir", data.toString(), "--io-threads", "3");
    Config config = CommandLine.parse(options).config();
    return RunningServer.open(config, Clock.system());
  }

  @Test
  void nobodyWaitsForEverAndNothingIsHalf() throws Exception {
    System.out.println("ScriptLoadTest seed " + seed);
    try (Jedis jedis = connect(server)) {
      for (int i = 0; i < LARGE; i++) {
        for (int field = 0; field < 600; field++) {
          jedis.hset("account" + i, "field" + field, "0");
        }
      }
      jedis.configSet("maxmemory", "8mb");
    }
    List<Path> copies = new ArrayList<>();
    try (ExecutorService executor = Executors.newFixedThreadPool(CLIENTS)) {
      List<Future<?>> ends = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        Random random = new Random(seed + i);
        ends.add(executor.submit(() -> work(random)));
      }
      while (!ends.stream().allMatch(Future::isDone)) {
        Path copy = folder.resolve("copy" + copies.size());
        if (copies.size() < 3) {
          server.server().engine().backup(copy);
          copies.add(copy);
        }
        Thread.onSpinWait();
      }
      for (Future<?> end : ends) {
        end.get();
      }
    }
    assertSum(server);
    for (Path copy : copies) {
      RunningServer left = open(copy);
      try {
        assertSum(left);
      } finally {
        left.close();
      }
    }
  }

  private static void assertSum(RunningServer of) {
    try (Jedis jedis = connect(of)) {
      assertThat(jedis.eval(SUM)).isEqualTo(0L);
    }
  }

  private void work(Random random) {
    try (Jedis jedis = connect(server)) {
      for (int round = 0; round < ROUNDS; round++) {
        String steps = "" + (1 + random.nextInt(6));
        String first = "" + random.nextInt(ACCOUNTS);
        switch (random.nextInt(12)) {
          case 0 -> assertThat(jedis.eval(SUM)).isEqualTo(0L);
          case 1 -> jedis.eval("return #redis.call('KEYS', '*')");
          case 2 -> failing(jedis, steps, first);
          case 3 -> {
            var transaction = jedis.multi();
            transaction.eval(MOVE, List.of(), List.of(steps, first));
            transaction.incr("account9");
            transaction.decr("account10");
            transaction.exec();
          }
          case 4 -> {
            jedis.select(1);
            jedis.flushDB();
            jedis.select(0);
          }
          case 5 -> jedis.set("noise" + random.nextInt(50), "v".repeat(random.nextInt(40_000)));
          case 6 -> jedis.eval(MOVE, List.of("account" + first), List.of(steps, first));
          default -> jedis.eval(MOVE, List.of(), List.of(steps, first));
        }
      }
    }
  }

  /// What fails at its end has done nothing.
  private static void failing(Jedis jedis, String steps, String first) {
    try {
      jedis.eval(
          "#!lua flags=atomic\n" + MOVE.replace("return at", "error('no')"),
          List.of(),
          List.of(steps, first));
      throw new AssertionError("an error was forgiven");
    } catch (JedisDataException expected) {
      assertThat(expected).hasMessageContaining("no");
    }
  }

  private static Jedis connect(RunningServer to) {
    return new Jedis(
        new HostAndPort("127.0.0.1", to.server().port()),
        DefaultJedisClientConfig.builder().socketTimeoutMillis(60_000).build());
  }
}
