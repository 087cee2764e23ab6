package io.karst.server.clients.spring;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.karst.server.clients.spring.SpringServer.Driver;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.dao.DataAccessException;
import org.springframework.data.domain.Range;
import org.springframework.data.geo.Circle;
import org.springframework.data.geo.Distance;
import org.springframework.data.geo.Point;
import org.springframework.data.redis.connection.BitFieldSubCommands;
import org.springframework.data.redis.connection.BitFieldSubCommands.BitFieldType;
import org.springframework.data.redis.connection.DataType;
import org.springframework.data.redis.connection.RedisGeoCommands.DistanceUnit;
import org.springframework.data.redis.connection.stream.Consumer;
import org.springframework.data.redis.connection.stream.MapRecord;
import org.springframework.data.redis.connection.stream.ReadOffset;
import org.springframework.data.redis.connection.stream.RecordId;
import org.springframework.data.redis.connection.stream.StreamOffset;
import org.springframework.data.redis.core.Cursor;
import org.springframework.data.redis.core.GeoOperations;
import org.springframework.data.redis.core.HashOperations;
import org.springframework.data.redis.core.ListOperations;
import org.springframework.data.redis.core.RedisCallback;
import org.springframework.data.redis.core.RedisOperations;
import org.springframework.data.redis.core.ScanOptions;
import org.springframework.data.redis.core.SessionCallback;
import org.springframework.data.redis.core.SetOperations;
import org.springframework.data.redis.core.StreamOperations;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.data.redis.core.ValueOperations;
import org.springframework.data.redis.core.ZSetOperations;
import org.springframework.data.redis.core.script.RedisScript;
import org.springframework.data.redis.core.types.Expiration;

/// Spring Data Redis by its template, over both clients it knows.
@ParameterizedClass
@EnumSource(Driver.class)
@Timeout(120)
class SpringTemplateTest {
  private static SpringServer server;
  @Parameter private Driver driver;
  private StringRedisTemplate redis;

  @BeforeAll
  static void start() throws IOException {
    server = new SpringServer();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void connect() {
    redis = new StringRedisTemplate(server.factory(driver));
    redis.execute(
        (RedisCallback<Void>)
            connection -> {
              connection.serverCommands().flushAll();
              return null;
            });
  }

  @Test
  void keysAndValues() {
    ValueOperations<String, String> values = redis.opsForValue();
    values.set("k", "v", Duration.ofMinutes(1));
    assertThat(values.get("k")).isEqualTo("v");
    assertThat(redis.getExpire("k")).isBetween(1L, 60L);
    assertThat(values.setIfAbsent("k", "w")).isFalse();
    assertThat(values.getAndSet("k", "w")).isEqualTo("v");
    assertThat(values.getAndExpire("k", Duration.ofMinutes(2))).isEqualTo("w");
    assertThat(values.increment("n", 41)).isEqualTo(41);
    assertThat(values.increment("f", 0.5)).isEqualTo(0.5);
    values.multiSet(Map.of("a", "1", "b", "2"));
    assertThat(values.multiGet(List.of("a", "x", "b"))).containsExactly("1", null, "2");
    assertThat(values.append("a", "23")).isEqualTo(3);
    assertThat(values.get("a", 1, 2)).isEqualTo("23");
    assertThat(values.setBit("bits", 7, true)).isFalse();
    assertThat(
            values.bitField(
                "bits",
                BitFieldSubCommands.create().incr(BitFieldType.unsigned(8)).valueAt(0).by(3)))
        .containsExactly(4L);
    assertThat(redis.type("k")).isEqualTo(DataType.STRING);
    assertThat(redis.countExistingKeys(List.of("a", "b", "x"))).isEqualTo(2);
    assertThat(redis.persist("k")).isTrue();
    byte[] dumped = redis.dump("b");
    redis.restore("b2", dumped, Expiration.persistent());
    redis.rename("b2", "b3");
    assertThat(redis.copy("b3", "b4", false)).isTrue();
    assertThat(redis.delete(List.of("b", "b3", "b4", "x"))).isEqualTo(3);
    try (Cursor<String> found = redis.scan(ScanOptions.scanOptions().match("?").count(2).build())) {
      assertThat(found.stream()).containsExactlyInAnyOrder("k", "n", "f", "a");
    }
    assertThatThrownBy(() -> redis.opsForList().size("k"))
        .isInstanceOf(DataAccessException.class)
        .hasStackTraceContaining("WRONGTYPE");
  }

  @Test
  void hashes() {
    HashOperations<String, String, String> hashes = redis.opsForHash();
    hashes.putAll("h", Map.of("a", "1", "b", "2", "c", "3"));
    assertThat(hashes.putIfAbsent("h", "a", "9")).isFalse();
    assertThat(hashes.increment("h", "a", 41)).isEqualTo(42);
    assertThat(hashes.multiGet("h", List.of("a", "x"))).containsExactly("42", null);
    assertThat(hashes.entries("h")).isEqualTo(Map.of("a", "42", "b", "2", "c", "3"));
    assertThat(hashes.randomKeys("h", 5)).containsExactlyInAnyOrder("a", "b", "c");
    assertThat(hashes.lengthOfValue("h", "a")).isEqualTo(2);
    hashes.expire("h", Duration.ofMinutes(1), List.of("b"));
    assertThat(hashes.getTimeToLive("h", List.of("b")).ttlOf("b"))
        .isBetween(Duration.ofSeconds(1), Duration.ofMinutes(1));
    try (Cursor<Map.Entry<String, String>> found = hashes.scan("h", ScanOptions.NONE)) {
      assertThat(found.stream()).hasSize(3);
    }
    assertThat(hashes.delete("h", "a", "x")).isEqualTo(1);
  }

  @Test
  void lists() {
    ListOperations<String, String> lists = redis.opsForList();
    assertThat(lists.rightPushAll("l", "a", "b", "c")).isEqualTo(3);
    assertThat(lists.leftPush("l", "b", "x")).isEqualTo(4);
    assertThat(lists.range("l", 0, -1)).containsExactly("a", "x", "b", "c");
    assertThat(lists.indexOf("l", "b")).isEqualTo(2);
    assertThat(lists.leftPop("l", 2)).containsExactly("a", "x");
    assertThat(lists.leftPop("l", Duration.ofSeconds(1))).isEqualTo("b");
    assertThat(lists.rightPopAndLeftPush("l", "l2")).isEqualTo("c");
    assertThat(lists.rightPop("l", Duration.ofMillis(100))).isNull();
    lists.set("l2", 0, "d");
    assertThat(lists.remove("l2", 0, "d")).isEqualTo(1);
  }

  @Test
  void sets() {
    SetOperations<String, String> sets = redis.opsForSet();
    assertThat(sets.add("s", "a", "b", "c")).isEqualTo(3);
    sets.add("t", "b", "c", "d");
    assertThat(sets.intersect("s", "t")).containsExactlyInAnyOrder("b", "c");
    assertThat(sets.difference("s", "t")).containsExactly("a");
    assertThat(sets.unionAndStore("s", "t", "u")).isEqualTo(4);
    assertThat(sets.isMember("s", "a", "x")).isEqualTo(Map.of("a", true, "x", false));
    assertThat(sets.move("s", "a", "t")).isTrue();
    assertThat(sets.distinctRandomMembers("u", 9)).hasSize(4);
    assertThat(sets.pop("s", 5)).containsExactlyInAnyOrder("b", "c");
  }

  @Test
  void sortedSets() {
    ZSetOperations<String, String> sorted = redis.opsForZSet();
    Set<ZSetOperations.TypedTuple<String>> three =
        Set.of(
            ZSetOperations.TypedTuple.of("a", 1.0),
            ZSetOperations.TypedTuple.of("b", 2.0),
            ZSetOperations.TypedTuple.of("c", 3.0));
    assertThat(sorted.add("z", three)).isEqualTo(3);
    assertThat(sorted.incrementScore("z", "a", 4)).isEqualTo(5);
    assertThat(sorted.range("z", 0, -1)).containsExactly("b", "c", "a");
    assertThat(sorted.rangeByScore("z", 2, 3)).containsExactly("b", "c");
    assertThat(sorted.reverseRank("z", "a")).isZero();
    assertThat(sorted.score("z", "a", "x")).containsExactly(5.0, null);
    assertThat(sorted.addIfAbsent("z", "a", 9)).isFalse();
    assertThat(sorted.popMin("z").getValue()).isEqualTo("b");
    assertThat(sorted.unionAndStore("z", "x", "zz")).isEqualTo(2);
    assertThat(sorted.rangeAndStoreByScore("zz", "zzz", Range.closed(4, 6))).isEqualTo(1);
    assertThat(sorted.removeRangeByScore("z", 0, 9)).isEqualTo(2);
  }

  @Test
  void placesAndEstimates() {
    GeoOperations<String, String> places = redis.opsForGeo();
    places.add(
        "g",
        Map.of(
            "Palermo",
            new Point(13.361389, 38.115556),
            "Catania",
            new Point(15.087269, 37.502669)));
    assertThat(places.distance("g", "Palermo", "Catania", DistanceUnit.KILOMETERS).getValue())
        .isCloseTo(166, within(1.0));
    assertThat(
            places.radius(
                "g", new Circle(new Point(15, 37), new Distance(100, DistanceUnit.KILOMETERS))))
        .singleElement()
        .satisfies(each -> assertThat(each.getContent().getName()).isEqualTo("Catania"));
    assertThat(places.hash("g", "Palermo")).containsExactly("sqc8b49rny0");
    assertThat(redis.opsForHyperLogLog().add("p", "a", "b", "a")).isEqualTo(1);
    assertThat(redis.opsForHyperLogLog().size("p")).isEqualTo(2);
  }

  @Test
  @SuppressWarnings("unchecked") // Of a generic varargs.
  void streams() {
    StreamOperations<String, String, String> streams = redis.opsForStream();
    RecordId first = streams.add("x", Map.of("n", "1"));
    RecordId second = streams.add(MapRecord.create("x", Map.of("n", "2")));
    assertThat(streams.createGroup("x", ReadOffset.from("0"), "group")).isEqualTo("OK");
    List<MapRecord<String, String, String>> read =
        streams.read(
            Consumer.from("group", "worker"), StreamOffset.create("x", ReadOffset.lastConsumed()));
    assertThat(read).extracting(MapRecord::getId).containsExactly(first, second);
    assertThat(read.getLast().getValue()).isEqualTo(Map.of("n", "2"));
    assertThat(streams.acknowledge("x", "group", first)).isEqualTo(1);
    assertThat(streams.pending("x", "group").getTotalPendingMessages()).isEqualTo(1);
    assertThat(streams.claim("x", "group", "other", Duration.ZERO, second)).hasSize(1);
    assertThat(streams.info("x").streamLength()).isEqualTo(2);
    assertThat(streams.groups("x").get(0).pendingCount()).isEqualTo(1);
    assertThat(streams.trim("x", 1)).isEqualTo(1);
    assertThat(streams.range("x", Range.unbounded())).hasSize(1);
  }

  @Test
  void transactions() {
    redis.opsForValue().set("watched", "1");
    List<Object> done = redis.execute(incrementing(false));
    assertThat(done).containsExactly(2L, true);
    assertThat(redis.execute(incrementing(true))).isEmpty();
    assertThat(redis.opsForValue().get("watched")).isEqualTo("77");
  }

  /// A transaction that fails if `disturbed`, because somebody else changes what it watches.
  private SessionCallback<List<Object>> incrementing(boolean disturbed) {
    StringRedisTemplate other = new StringRedisTemplate(server.factory(driver));
    return new SessionCallback<>() {
      @Override
      @SuppressWarnings("unchecked")
      public <K, V> List<Object> execute(RedisOperations<K, V> operations) {
        RedisOperations<String, String> mine = (RedisOperations<String, String>) operations;
        mine.watch("watched");
        if (disturbed) {
          other.opsForValue().set("watched", "77");
        }
        mine.multi();
        mine.opsForValue().increment("watched");
        mine.opsForSet().add("seen", "x");
        mine.hasKey("watched");
        return mine.exec().stream().filter(each -> !Long.valueOf(1).equals(each)).toList();
      }
    };
  }

  @Test
  void pipelines() {
    List<Object> replies =
        redis.executePipelined(
            (RedisCallback<Object>)
                connection -> {
                  for (int i = 0; i < 1000; i++) {
                    byte[] key = ("p" + i).getBytes(US_ASCII);
                    connection.stringCommands().set(key, ("v" + i).getBytes(US_ASCII));
                    connection.stringCommands().get(key);
                  }
                  return null;
                });
    assertThat(replies).hasSize(2000);
    assertThat(replies.getLast()).isEqualTo("v999");
  }

  @Test
  void scripts() {
    String compareAndSet =
        "if redis.call('GET', KEYS[1]) ~= ARGV[1] then return false end"
            + " redis.call('SET', KEYS[1], ARGV[2]) return true";
    RedisScript<Boolean> script = RedisScript.of(compareAndSet, Boolean.class);
    redis.opsForValue().set("k", "a");
    assertThat(redis.execute(script, List.of("k"), "a", "b")).isTrue();
    assertThat(redis.execute(script, List.of("k"), "a", "c")).isFalse();
    assertThat(redis.opsForValue().get("k")).isEqualTo("b");
    @SuppressWarnings("rawtypes")
    RedisScript<List> many = RedisScript.of("return {1, ARGV[1], {2, false}}", List.class);
    assertThat(Stream.of(redis.execute(many, List.of(), "x")).toList().getFirst().toString())
        .isEqualTo("[1, x, [2, null]]");
    RedisScript<String> broken = RedisScript.of("return redis.call('INCR', KEYS[1])", String.class);
    assertThatThrownBy(() -> redis.execute(broken, List.of("k")))
        .isInstanceOf(DataAccessException.class)
        .hasStackTraceContaining("not an integer");
  }
}
