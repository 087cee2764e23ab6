package io.karst.server.clients.redisson;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.MINUTES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.redisson.api.FunctionMode;
import org.redisson.api.FunctionResult;
import org.redisson.api.RAtomicDouble;
import org.redisson.api.RAtomicLong;
import org.redisson.api.RBitSet;
import org.redisson.api.RBucket;
import org.redisson.api.RFunction;
import org.redisson.api.RGeo;
import org.redisson.api.RHyperLogLog;
import org.redisson.api.RList;
import org.redisson.api.RMap;
import org.redisson.api.RMapCache;
import org.redisson.api.RMapCacheNative;
import org.redisson.api.RRateLimiter;
import org.redisson.api.RScoredSortedSet;
import org.redisson.api.RScript;
import org.redisson.api.RSet;
import org.redisson.api.RateType;
import org.redisson.api.geo.GeoSearchArgs;
import org.redisson.api.geo.GeoUnit;
import org.redisson.api.options.KeysScanOptions;
import org.redisson.client.codec.StringCodec;
import org.redisson.config.Protocol;

/// Redisson's objects, each of which is a key and the scripts that change it.
@ParameterizedClass
@EnumSource(Protocol.class)
@Timeout(120)
class RedissonObjectsTest {
  private static RedissonPair pair;
  @Parameter Protocol protocol;

  @BeforeParameterizedClassInvocation
  static void start(Protocol protocol) throws IOException {
    pair = new RedissonPair(protocol);
  }

  @AfterParameterizedClassInvocation
  static void stop() {
    pair.close();
  }

  @Test
  void buckets() {
    RBucket<List<Integer>> bucket = pair.first.getBucket("bucket");
    bucket.set(List.of(1, 2));
    assertThat(pair.second.getBucket("bucket").get()).isEqualTo(List.of(1, 2));
    assertThat(bucket.compareAndSet(List.of(1), List.of(3))).isFalse();
    assertThat(bucket.compareAndSet(List.of(1, 2), List.of(3))).isTrue();
    assertThat(bucket.setIfAbsent(List.of(4))).isFalse();
    assertThat(bucket.getAndSet(List.of(5))).isEqualTo(List.of(3));
    bucket.set(List.of(6), Duration.ofMillis(50));
    await().until(() -> !bucket.isExists());
    pair.first.getBuckets().set(Map.of("b1", "x", "b2", "y"));
    assertThat(pair.second.getBuckets().get("b1", "b2", "b3"))
        .isEqualTo(Map.of("b1", "x", "b2", "y"));
  }

  @Test
  void numbers() {
    RAtomicLong number = pair.first.getAtomicLong("number");
    assertThat(number.incrementAndGet()).isEqualTo(1);
    assertThat(number.getAndAdd(41)).isEqualTo(1);
    assertThat(number.compareAndSet(42, 7)).isTrue();
    assertThat(number.compareAndSet(42, 8)).isFalse();
    assertThat(pair.second.getAtomicLong("number").getAndDelete()).isEqualTo(7);
    RAtomicDouble real = pair.first.getAtomicDouble("real");
    assertThat(real.addAndGet(0.5)).isEqualTo(0.5);
    assertThat(real.getAndSet(2)).isEqualTo(0.5);
  }

  @Test
  void maps() {
    RMap<String, Integer> map = pair.first.getMap("map");
    assertThat(map.put("a", 1)).isNull();
    assertThat(map.put("a", 2)).isEqualTo(1);
    assertThat(map.fastPut("b", 3)).isTrue();
    assertThat(map.putIfAbsent("b", 9)).isEqualTo(3);
    assertThat(map.replace("b", 3, 4)).isTrue();
    assertThat(map.merge("a", 10, Integer::sum)).isEqualTo(12);
    assertThat(map.computeIfAbsent("d", String::length)).isEqualTo(1);
    assertThat(pair.second.<String, Integer>getMap("map").readAllMap())
        .isEqualTo(Map.of("a", 12, "b", 4, "d", 1));
    assertThat(map.getAll(Set.of("a", "x"))).isEqualTo(Map.of("a", 12));
    assertThat(map.remove("b", 5)).isFalse();
    assertThat(map.fastRemove("a", "b", "x")).isEqualTo(2);
    for (int i = 0; i < 100; i++) {
      map.fastPut("key" + i, i);
    }
    assertThat(map.keySet()).hasSize(101);
    RMap<String, Integer> counts = pair.first.getMap("counts", StringCodec.INSTANCE);
    assertThat(counts.addAndGet("c", 5)).isEqualTo(5);
    assertThat(counts.addAndGet("c", 37)).isEqualTo(42);
    assertThat(counts.keySet("?")).containsExactly("c");
  }

  @Test
  void mapsWhoseEntriesExpire() {
    RMapCache<String, String> cache = pair.first.getMapCache("cache");
    assertThat(cache.put("short", "x", 50, MILLISECONDS)).isNull();
    cache.put("long", "y", 10, MINUTES, 5, MINUTES);
    assertThat(cache.fastPutIfAbsent("long", "z", 1, MINUTES)).isFalse();
    await().until(() -> cache.get("short") == null);
    assertThat(pair.second.getMapCache("cache").readAllMap()).isEqualTo(Map.of("long", "y"));
    assertThat(cache.remainTimeToLive("long")).isBetween(1L, 600_000L);
    assertThat(cache.expireEntry("long", Duration.ofMillis(1), Duration.ZERO)).isTrue();
    await().until(() -> !cache.containsKey("long"));
    RMapCache<Integer, String> bounded = pair.first.getMapCache("bounded");
    bounded.setMaxSize(2);
    for (int i = 0; i < 5; i++) {
      bounded.put(i, "v");
    }
    assertThat(bounded.keySet()).containsExactlyInAnyOrder(3, 4);
    bounded.destroy();
    cache.destroy();
  }

  @Test
  void mapsWhoseFieldsExpire() {
    RMapCacheNative<String, String> map = pair.first.getMapCacheNative("native");
    assertThat(map.put("short", "x", Duration.ofMillis(50))).isNull();
    assertThat(map.fastPut("long", "y", Duration.ofMinutes(10))).isTrue();
    assertThat(map.remainTimeToLive("long")).isBetween(1L, 600_000L);
    await().until(() -> !map.containsKey("short"));
    assertThat(map.expireEntryIfLess("long", Duration.ofHours(1))).isFalse();
    assertThat(map.clearExpire("long")).isTrue();
    assertThat(pair.second.getMapCacheNative("native").readAllMap()).isEqualTo(Map.of("long", "y"));
  }

  @Test
  void sortedSets() {
    RScoredSortedSet<String> set = pair.first.getScoredSortedSet("scores");
    assertThat(set.addAll(Map.of("a", 1.0, "b", 2.0, "c", 3.0))).isEqualTo(3);
    assertThat(set.addScore("a", 4)).isEqualTo(5);
    assertThat(set.rank("a")).isEqualTo(2);
    assertThat(set.addAndGetRank(0.5, "d")).isZero();
    assertThat(set.getScore(List.of("a", "x"))).containsExactly(5.0, null);
    assertThat(set.valueRange(0, -1)).containsExactly("d", "b", "c", "a");
    assertThat(set.entryRange(2, true, 5, false))
        .extracting(each -> each.getValue())
        .containsExactly("b", "c");
    assertThat(set.pollFirst()).isEqualTo("d");
    assertThat(set.pollLastEntry().getScore()).isEqualTo(5);
    assertThat(pair.second.<String>getScoredSortedSet("scores").readAll())
        .containsExactly("b", "c");
    assertThat(pair.first.getLexSortedSet("lex").addAll(List.of("x", "y", "z"))).isTrue();
    assertThat(pair.first.getLexSortedSet("lex").range("x", false, "z", true))
        .containsExactly("y", "z");
  }

  @Test
  void setsListsAndBits() {
    RSet<String> set = pair.first.getSet("set");
    assertThat(set.addAll(List.of("a", "b", "c"))).isTrue();
    assertThat(set.move("set2", "a")).isTrue();
    assertThat(set.readUnion("set2")).containsExactlyInAnyOrder("a", "b", "c");
    assertThat(set.removeRandom(5)).containsExactlyInAnyOrder("b", "c");
    RList<String> list = pair.first.getList("list");
    list.addAll(List.of("a", "b", "c", "b"));
    list.add(1, "x");
    assertThat(list.set(0, "y")).isEqualTo("a");
    assertThat(list.remove(2)).isEqualTo("b");
    assertThat(list.indexOf("b")).isEqualTo(3);
    assertThat(pair.second.getList("list")).isEqualTo(List.of("y", "x", "c", "b"));
    RBitSet bits = pair.first.getBitSet("bits");
    bits.set(3, 9);
    bits.clear(5);
    assertThat(bits.cardinality()).isEqualTo(5);
    assertThat(bits.length()).isEqualTo(9);
    RHyperLogLog<Integer> distinct = pair.first.getHyperLogLog("distinct");
    assertThat(distinct.addAll(List.of(1, 2, 3, 3))).isTrue();
    assertThat(distinct.count()).isEqualTo(3);
    RGeo<String> places = pair.first.getGeo("places");
    places.add(13.361389, 38.115556, "Palermo");
    places.add(15.087269, 37.502669, "Catania");
    assertThat(places.dist("Palermo", "Catania", GeoUnit.KILOMETERS)).isCloseTo(166, within(1.0));
    assertThat(places.search(GeoSearchArgs.from(15, 37).radius(100, GeoUnit.KILOMETERS)))
        .containsExactly("Catania");
  }

  @Test
  void aRateLimiterCountsForBoth() {
    RRateLimiter here = pair.first.getRateLimiter("rate");
    RRateLimiter there = pair.second.getRateLimiter("rate");
    assertThat(here.trySetRate(RateType.OVERALL, 3, Duration.ofHours(1))).isTrue();
    assertThat(there.trySetRate(RateType.OVERALL, 9, Duration.ofHours(1))).isFalse();
    assertThat(here.tryAcquire(2)).isTrue();
    assertThat(there.tryAcquire()).isTrue();
    assertThat(here.tryAcquire()).isFalse();
    assertThat(there.availablePermits()).isZero();
    RRateLimiter fast = pair.first.getRateLimiter("fast");
    fast.trySetRate(RateType.PER_CLIENT, 1, Duration.ofMillis(50));
    fast.acquire();
    fast.acquire();
  }

  @Test
  void scriptsAndFunctionsOfTheUsersOwn() {
    RScript script = pair.first.getScript(StringCodec.INSTANCE);
    String sha1 = script.scriptLoad("return redis.call('SET', KEYS[1], ARGV[1]).ok");
    assertThat(
            script.<String>evalSha(
                RScript.Mode.READ_WRITE,
                sha1,
                RScript.ReturnType.VALUE,
                List.of("scripted"),
                "value"))
        .isEqualTo("OK");
    assertThat(pair.second.getBucket("scripted", StringCodec.INSTANCE).get()).isEqualTo("value");
    RFunction function = pair.first.getFunction(StringCodec.INSTANCE);
    function.loadAndReplace(
        "lib", "redis.register_function('twice', function(keys, args) return args[1] * 2 end)");
    assertThat(
            pair.second
                .getFunction(StringCodec.INSTANCE)
                .<Long>call(FunctionMode.WRITE, "twice", FunctionResult.LONG, List.of(), "21"))
        .isEqualTo(42);
    assertThat(function.list()).extracting(each -> each.getName()).containsExactly("lib");
  }

  @Test
  void keys() {
    for (int i = 0; i < 30; i++) {
      pair.first.getBucket("walk:" + i).set(i);
    }
    assertThat(
            pair.second
                .getKeys()
                .getKeys(KeysScanOptions.defaults().pattern("walk:*").chunkSize(7)))
        .hasSize(30);
    assertThat(pair.second.getKeys().deleteByPattern("walk:*")).isEqualTo(30);
    assertThat(pair.first.getKeys().countExists("walk:1", "walk:2")).isZero();
  }
}
