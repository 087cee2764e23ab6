package io.karst.server.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.karst.base.Clock;
import io.karst.server.RunningServer;
import io.karst.server.config.CommandLine;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisNoScriptException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisNoScriptException;

/// What libraries do with scripts: locks, semaphores, queues, by way of Jedis and Lettuce.
@Timeout(120)
class ScriptClientsTest {
  /// A lock that its holder may take again, as a hash of holders and how often they hold it.
  private static final String ACQUIRE =
      """
      if redis.call('EXISTS', KEYS[1]) == 0 or redis.call('HEXISTS', KEYS[1], ARGV[2]) == 1 then
        redis.call('HINCRBY', KEYS[1], ARGV[2], 1)
        redis.call('PEXPIRE', KEYS[1], ARGV[1])
        return nil
      end
      return redis.call('PTTL', KEYS[1])
      """;

  private static final String RELEASE =
      """
      if redis.call('HEXISTS', KEYS[1], ARGV[1]) == 0 then return nil end
      local left = redis.call('HINCRBY', KEYS[1], ARGV[1], -1)
      if left > 0 then return 0 end
      redis.call('DEL', KEYS[1])
      return 1
      """;

  /// Adds a job to a queue, whose key it makes up.
  private static final String ADD =
      """
      local id = redis.call('INCR', KEYS[2])
      redis.call('HSET', ARGV[1] .. id, 'data', ARGV[2], 'attempts', 0)
      redis.call('LPUSH', KEYS[1], id)
      return id
      """;

  private static final String TAKE =
      """
      local id = redis.call('RPOPLPUSH', KEYS[1], KEYS[2])
      if not id then return false end
      redis.call('HINCRBY', ARGV[1] .. id, 'attempts', 1)
      return {id, redis.call('HGET', ARGV[1] .. id, 'data')}
      """;

  private static final String FINISH =
      """
      if redis.call('LREM', KEYS[1], 1, ARGV[2]) == 0 then
        return redis.error_reply('MISSING job')
      end
      redis.call('ZADD', KEYS[2], ARGV[3], ARGV[2])
      redis.call('DEL', ARGV[1] .. ARGV[2])
      return redis.call('ZCARD', KEYS[2])
      """;

  @TempDir private Path folder;
  private RunningServer server;

  @BeforeEach
  void start() throws IOException {
    String data = folder.resolve("data").toString();
    List<String> options =
        List.of("--port", "0", "--bind", "127.0.0.1", "--dir", data, "--io-threads", "2");
    server = RunningServer.open(CommandLine.parse(options).config(), Clock.system());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void aDigestThatIsUnknownIsFollowedByTheScript() {
    try (Jedis jedis = jedis()) {
      String digest = "e0e1f9fabfc9d4800c877a703b823ac0578ff8db";
      assertThatThrownBy(() -> jedis.evalsha(digest, 0)).isInstanceOf(JedisNoScriptException.class);
      assertThat(jedis.eval("return 1")).isEqualTo(1L);
      assertThat(jedis.evalsha(digest, 0)).isEqualTo(1L);
    }
    RedisClient client = RedisClient.create(RedisURI.create("127.0.0.1", port()));
    try (StatefulRedisConnection<String, String> connection = client.connect()) {
      RedisCommands<String, String> redis = connection.sync();
      String digest = redis.digest("return ARGV[1]");
      assertThatThrownBy(() -> redis.evalsha(digest, ScriptOutputType.VALUE))
          .isInstanceOf(RedisNoScriptException.class);
      assertThat(redis.scriptLoad("return ARGV[1]")).isEqualTo(digest);
      String answer = redis.evalsha(digest, ScriptOutputType.VALUE, new String[0], "x");
      assertThat(answer).isEqualTo("x");
      redis.functionLoad("#!lua name=l\nredis.register_function('f', function(k) return k end)");
      List<String> keys = redis.fcall("f", ScriptOutputType.MULTI, "a", "b");
      assertThat(keys).containsExactly("a", "b");
    } finally {
      client.shutdown();
    }
  }

  @Test
  void functionsAreThereAfterTheEnd() throws IOException {
    byte[] dump;
    try (Jedis jedis = jedis()) {
      jedis.functionLoad("#!lua name=l\nredis.register_function('f', function() return 7 end)");
      dump = jedis.functionDump();
      jedis.flushAll();
    }
    server.close();
    start();
    try (Jedis jedis = jedis()) {
      assertThat(jedis.fcall("f", List.of(), List.of())).isEqualTo(7L);
      jedis.functionFlush();
      assertThat(jedis.functionList()).isEmpty();
      assertThat(jedis.functionRestore(dump)).isEqualTo("OK");
      assertThat(jedis.fcall("F", List.of(), List.of())).isEqualTo(7L);
      assertThatThrownBy(() -> jedis.functionRestore(dump)).hasMessageContaining("already exists");
    }
  }

  @Test
  void aLockIsHeldByOne() throws Exception {
    int workers = 4;
    int rounds = 100;
    try (ExecutorService pool = Executors.newFixedThreadPool(workers)) {
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < workers; i++) {
        String name = "worker" + i;
        all.add(pool.submit(() -> holdAndRelease(name, rounds)));
      }
      for (Future<?> each : all) {
        each.get();
      }
    }
    try (Jedis jedis = jedis()) {
      assertThat(jedis.get("guarded")).isEqualTo("" + workers * rounds);
      assertThat(jedis.exists("lock")).isFalse();
    }
  }

  private void holdAndRelease(String name, int rounds) {
    try (Jedis jedis = jedis()) {
      for (int i = 0; i < rounds; ) {
        List<String> lock = List.of("lock");
        if (jedis.eval(ACQUIRE, lock, List.of("60000", name)) == null) {
          assertThat(jedis.eval(ACQUIRE, lock, List.of("60000", name))).isNull();
          String before = jedis.get("guarded");
          jedis.set("guarded", "" + (before == null ? 1 : Integer.parseInt(before) + 1));
          assertThat(jedis.eval(RELEASE, lock, List.of(name))).isEqualTo(0L);
          assertThat(jedis.eval(RELEASE, lock, List.of(name))).isEqualTo(1L);
          i++;
        }
      }
    }
  }

  @Test
  void eachJobIsDoneOnce() throws Exception {
    int workers = 4;
    int jobs = 600;
    try (Jedis jedis = jedis()) {
      for (int i = 0; i < jobs; i++) {
        List<String> arguments = List.of("q:job:", "payload".repeat(20) + i);
        jedis.eval(ADD, List.of("q:wait", "q:id"), arguments);
      }
    }
    try (ExecutorService pool = Executors.newFixedThreadPool(workers)) {
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < workers; i++) {
        all.add(pool.submit(this::workOff));
      }
      for (Future<?> each : all) {
        each.get();
      }
    }
    try (Jedis jedis = jedis()) {
      assertThat(jedis.zcard("q:done")).isEqualTo(jobs);
      assertThat(jedis.llen("q:wait") + jedis.llen("q:active")).isZero();
      assertThat(jedis.keys("q:job:*")).isEmpty();
    }
  }

  private void workOff() {
    try (Jedis jedis = jedis()) {
      Object job = jedis.eval(TAKE, List.of("q:wait", "q:active"), List.of("q:job:"));
      while (job instanceof List<?> found) {
        String id = String.valueOf(found.getFirst());
        jedis.eval(FINISH, List.of("q:active", "q:done"), List.of("q:job:", id, id));
        job = jedis.eval(TAKE, List.of("q:wait", "q:active"), List.of("q:job:"));
      }
    }
  }

  private Jedis jedis() {
    return new Jedis("127.0.0.1", port(), 60_000);
  }

  private int port() {
    return server.server().port();
  }
}
