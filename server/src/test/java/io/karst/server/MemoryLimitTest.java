package io.karst.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.karst.base.Clock;
import io.karst.server.config.Config;
import io.karst.server.config.DiskDirectives;
import io.karst.server.config.NetworkDirectives;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.AbstractTransaction;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.Response;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.params.SetParams;

/// `maxmemory` as clients see it.
class MemoryLimitTest {
  private static final int BATCH = 500;

  @TempDir private Path folder;
  private RunningServer server;
  private Jedis jedis;

  @AfterEach
  void stop() {
    jedis.close();
    server.close();
  }

  @Test
  void aCacheTakesWhateverIsWrittenAndStaysWithinItsLimit() throws IOException {
    start("maxmemory", "16mb", "maxmemory-policy", "allkeys-lru");
    write("key:", 0, 150_000, 100);
    assertThat(info("used_memory")).isLessThanOrEqualTo(16L << 20);
    assertThat(info("evicted_keys")).isGreaterThan(20_000);
    assertThat(jedis.get("key:149999")).hasSize(100);
    assertThat(jedis.dbSize()).isBetween(50_000L, 130_000L);
    assertThat(info("keyspace_misses")).isZero();
  }

  @Test
  void valuesOfEverySizeFindRoom() throws IOException {
    start("maxmemory", "16mb", "maxmemory-policy", "allkeys-lfu");
    write("small:", 0, 120_000, 100);
    write("middle:", 0, 20_000, 2_000);
    write("large:", 0, 200, 200_000);
    jedis.set("huge", "x".repeat(6 << 20));
    assertThat(jedis.strlen("huge")).isEqualTo(6 << 20);
    write("small:", 0, 120_000, 100);
    assertThat(info("used_memory")).isLessThanOrEqualTo(16L << 20);
  }

  @Test
  void withoutEvictionWritesAreRefusedAndAllElseGoesOn() throws IOException {
    start("maxmemory", "8mb", "maxmemory-policy", "noeviction");
    assertThatThrownBy(() -> write("key:", 0, 200_000, 100))
        .hasMessage("OOM command not allowed when used memory > 'maxmemory'.");
    assertThat(jedis.get("key:0")).hasSize(100);
    assertThat(info("evicted_keys")).isZero();
    long size = jedis.dbSize();
    IntStream.range(0, 20_000).forEach(i -> jedis.del("key:" + i));
    assertThat(jedis.dbSize()).isEqualTo(size - 20_000);
    jedis.set("large", "x".repeat(1 << 20));
    assertThat(jedis.strlen("large")).isEqualTo(1 << 20);
  }

  @Test
  void aTransactionThatFindsNoMemoryDoesNothing() throws IOException {
    start("maxmemory", "8mb", "maxmemory-policy", "noeviction");
    AbstractTransaction large = jedis.multi();
    large.set("small", "x");
    for (int i = 0; i < 12; i++) {
      large.set("k" + i, "v".repeat(900_000));
    }
    assertThatThrownBy(large::exec)
        .hasMessageStartingWith("EXECABORT Transaction discarded because of: OOM command not");
    assertThat(jedis.dbSize()).isZero();
    jedis.set("k", "v".repeat(1_000_000));
    jedis.sendCommand(Protocol.Command.MULTI, "ATOMIC");
    for (int i = 0; i < 12; i++) {
      jedis.sendCommand(Protocol.Command.COPY, "k", "copy" + i);
    }
    assertThatThrownBy(() -> jedis.sendCommand(Protocol.Command.EXEC))
        .hasMessageStartingWith("EXECABORT Transaction ")
        .hasMessageContaining("OOM");
    assertThat(jedis.dbSize()).isEqualTo(1);
    assertThat(info("used_memory")).isLessThanOrEqualTo(8L << 20);
  }

  @Test
  void whatIsUndoneNeedsNoMemory() throws IOException {
    start("maxmemory", "8mb", "maxmemory-policy", "noeviction");
    for (int i = 0; i < 2_000; i++) {
      jedis.rpush("list", "element".repeat(100));
      jedis.hset("hash", "field" + i, "value".repeat(100));
    }
    String list = jedis.objectEncoding("list");
    jedis.sendCommand(Protocol.Command.MULTI, "ATOMIC");
    jedis.sendCommand(Protocol.Command.LTRIM, "list", "5", "9");
    jedis.sendCommand(Protocol.Command.DEL, "hash");
    jedis.sendCommand(Protocol.Command.SETRANGE, "fresh", "1000000", "x");
    jedis.sendCommand(Protocol.Command.INCR, "list");
    assertThatThrownBy(() -> jedis.sendCommand(Protocol.Command.EXEC))
        .hasMessageContaining("command 4, 'incr'");
    assertThat(jedis.llen("list")).isEqualTo(2_000);
    assertThat(jedis.hlen("hash")).isEqualTo(2_000);
    assertThat(jedis.objectEncoding("list")).isEqualTo(list);
    assertThat(jedis.exists("fresh")).isFalse();
  }

  @Test
  void aCacheMakesRoomForATransaction() throws IOException {
    start("maxmemory", "16mb", "maxmemory-policy", "allkeys-lru");
    write("key:", 0, 100_000, 100);
    AbstractTransaction large = jedis.multi();
    for (int i = 0; i < 10; i++) {
      large.set("k" + i, "v".repeat(500_000));
    }
    assertThat(large.exec()).hasSize(10);
    assertThat(jedis.strlen("k0")).isEqualTo(500_000);
    assertThat(info("used_memory")).isLessThanOrEqualTo(16L << 20);
  }

  @Test
  void aLimitBelowWhatIsUsedRefusesBeforeAnythingRuns() throws IOException {
    start("maxmemory", "16mb", "maxmemory-policy", "noeviction");
    jedis.set("k", "v");
    jedis.configSet("maxmemory", "1");
    jedis.configResetStat();
    assertThatThrownBy(() -> jedis.set("k", "w")).isInstanceOf(JedisDataException.class);
    assertThat(jedis.get("k")).isEqualTo("v");
    assertThat(jedis.info("commandstats"))
        .containsPattern("cmdstat_set:calls=0,.*,rejected_calls=1,failed_calls=0");
    assertThat(jedis.info("errorstats")).contains("errorstat_OOM:count=1");
    assertThat(jedis.del("k")).isEqualTo(1);
    jedis.configSet("maxmemory", "16mb");
    assertThat(jedis.set("k", "w")).isEqualTo("OK");
  }

  @Test
  void keysWithoutExpiryAreSafeFromVolatilePolicies() throws IOException {
    start("maxmemory", "8mb", "maxmemory-policy", "volatile-ttl");
    write("stays:", 0, 30_000, 50);
    Pipeline pipeline = jedis.pipelined();
    for (int i = 0; i < 100_000; i++) {
      pipeline.set("goes:" + i, "x".repeat(50), SetParams.setParams().ex(10_000 + i));
    }
    pipeline.sync();
    assertThat(jedis.exists("goes:99999")).isTrue();
    String[] soonest = IntStream.range(0, 1_000).mapToObj(i -> "goes:" + i).toArray(String[]::new);
    assertThat(jedis.exists(soonest)).isLessThan(100); // A sample may miss one of them.
    for (int i = 0; i < 30_000; i += 100) {
      assertThat(jedis.exists("stays:" + i)).isTrue();
    }
    assertThatThrownBy(() -> write("more:", 0, 100_000, 100)).hasMessageStartingWith("OOM ");
    assertThat(jedis.exists("stays:7")).isTrue();
  }

  @Test
  void theLimitMayBeLoweredWhileItRuns() throws IOException {
    start("maxmemory", "32mb", "maxmemory-policy", "allkeys-random");
    write("key:", 0, 100_000, 100);
    jedis.configSet("maxmemory", "8mb");
    write("key:", 100_000, 150_000, 100);
    await().until(() -> info("used_memory") <= 8L << 20);
    assertThat(jedis.dbSize()).isGreaterThan(20_000);
  }

  @Test
  void dataLargerThanMemoryIsAllThere() throws IOException {
    start("dir", folder.toString(), "maxmemory", "12mb");
    assertThat(jedis.configGet("maxmemory-policy")).containsValue("spill");
    write("key:", 0, 100_000, 200);
    assertThat(jedis.dbSize()).isEqualTo(100_000);
    assertThat(info("spilled_keys")).isGreaterThan(30_000);
    assertThat(info("evicted_keys")).isZero();
    for (int i = 0; i < 100_000; i += 397) {
      assertThat(jedis.get("key:" + i)).isEqualTo(value("key:" + i, 200));
    }
    assertThat(info("used_memory")).isLessThanOrEqualTo(12L << 20);
  }

  @Test
  void spillNeedsADirectory() throws IOException {
    start("maxmemory", "8mb");
    assertThat(jedis.configGet("maxmemory-policy")).containsValue("noeviction");
    assertThatThrownBy(() -> jedis.configSet("maxmemory-policy", "spill"))
        .hasMessageContaining("the server keeps data in memory only");
  }

  private void start(String... settings) throws IOException {
    boolean memoryOnly = !List.of(settings).contains("dir");
    Config config = memoryOnly ? Config.memoryOnly() : Config.of(null, List.of());
    config.set(NetworkDirectives.PORT, 0);
    config.set(NetworkDirectives.BIND, List.of("127.0.0.1"));
    for (int i = 0; i < settings.length; i += 2) {
      if (settings[i].equals("dir")) {
        config.set(DiskDirectives.DIR, settings[i + 1]);
      } else {
        config.set(List.of(settings[i], settings[i + 1]));
      }
    }
    server = RunningServer.open(config, Clock.system());
    jedis = new Jedis("127.0.0.1", server.server().port(), 60_000);
  }

  /// Writes keys in pipelines; throws what the first refused one was answered.
  private void write(String prefix, int from, int to, int size) {
    for (int i = from; i < to; i += BATCH) {
      Pipeline pipeline = jedis.pipelined();
      List<Response<String>> replies = new ArrayList<>();
      for (int k = i; k < Math.min(to, i + BATCH); k++) {
        replies.add(pipeline.set(prefix + k, value(prefix + k, size)));
      }
      pipeline.sync();
      replies.forEach(reply -> assertThat(reply.get()).isEqualTo("OK"));
    }
  }

  private static String value(String key, int size) {
    return key + "x".repeat(size - key.length());
  }

  private long info(String field) {
    return jedis
        .info()
        .lines()
        .filter(line -> line.startsWith(field + ":"))
        .mapToLong(line -> Long.parseLong(line.substring(field.length() + 1)))
        .findFirst()
        .orElseThrow();
  }
}
