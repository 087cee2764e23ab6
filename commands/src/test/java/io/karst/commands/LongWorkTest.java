package io.karst.commands;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.engine.Counters.Counter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What leaves the event loop for the size of what it works on, and what does not.
final class LongWorkTest {
  private static final int COUNT = 1500;

  private final TestStore store = new TestStore();

  @BeforeEach
  void fill() {
    List<String> hash = words("HSET", "h");
    List<String> set = words("SADD", "s");
    List<String> sorted = words("ZADD", "z");
    List<String> list = words("RPUSH", "l");
    for (int i = 0; i < COUNT; i++) {
      Collections.addAll(hash, "f" + i, "v" + i);
      set.add("m" + i);
      Collections.addAll(sorted, Integer.toString(i), "m" + i);
      list.add("e" + i);
      store.run("XADD", "x", (i + 1) + "-0", "f", "v");
    }
    for (List<String> words : List.of(hash, set, sorted, list)) {
      assertThat(store.show(words.toArray(String[]::new))).isEqualTo(Integer.toString(COUNT));
    }
    store.run("SADD", "small", "m1", "other");
    store.run("SET", "long", "v".repeat(600_000));
    store.run("XGROUP", "CREATE", "x", "g", "0");
  }

  @AfterEach
  void close() {
    store.close();
  }

  private static List<String> words(String... first) {
    return new ArrayList<>(List.of(first));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HGETALL h",
        "HKEYS h",
        "HVALS h",
        "HSCAN h 0 COUNT 2000",
        "HRANDFIELD h 1400",
        "HRANDFIELD h -1400",
        "SMEMBERS s",
        "SINTER s s",
        "SUNION s small",
        "SDIFF s small",
        "SUNIONSTORE t s small",
        "SINTERSTORE t s s",
        "SINTERCARD 2 s s",
        "SUNIONCARD 2 s small APPROX",
        "SRANDMEMBER s 1400",
        "SPOP s 1200",
        "SPOP s 2000",
        "LRANGE l 0 -1",
        "LPOS l none",
        "LREM l 0 none",
        "LPOP l 1200",
        "ZRANGE z 0 -1",
        "ZRANGE z 0 -1 WITHSCORES",
        "ZRANGE z -inf +inf BYSCORE",
        "ZREVRANGEBYSCORE z +inf -inf",
        "ZRANGESTORE t z 0 -1",
        "ZUNION 2 z small",
        "ZINTERSTORE t 2 z s",
        "ZREMRANGEBYRANK z 0 1200",
        "ZPOPMIN z 1200",
        "ZRANDMEMBER z 1400",
        "XRANGE x - +",
        "XREVRANGE x + -",
        "XREAD STREAMS x 0",
        "XREADGROUP GROUP g c STREAMS x >",
        "COPY h t",
        "RENAME h t",
        "GET long",
        "GETDEL long",
        "GETRANGE long 0 -1",
        "GETSET long short",
        "SET long short GET",
        "MGET long long",
        "BITCOUNT long",
        "BITPOS long 0",
        "BITOP NOT t long",
        "SETRANGE short 600000 v",
        "DIGEST long"
      })
  void leavesTheLoopAndHasChangedNothing(String line) {
    store.takeEffects();
    long hits = hits();
    assertThat(store.takesLong(line.split(" "))).isTrue();
    assertThat(store.takeEffects()).isEmpty();
    assertThat(hits()).isEqualTo(hits);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HGET h f1",
        "HMGET h f1 f2",
        "HSCAN h 0",
        "HRANDFIELD h 10",
        "HSET h f1 w",
        "SISMEMBER s m1",
        "SINTER s small",
        "SPOP s 10",
        "LRANGE l 0 999",
        "LRANGE l -10 -1",
        "LINDEX l 700",
        "LPOP l 10",
        "ZRANGE z 0 9",
        "ZRANGE z 700 +inf BYSCORE LIMIT 0 10",
        "ZREMRANGEBYRANK z 0 10",
        "XRANGE x - + COUNT 10",
        "XREAD COUNT 10 STREAMS x 0",
        "DEL h",
        "GETRANGE long 0 9",
        "STRLEN long",
        "APPEND long v",
        "RENAME small t"
      })
  void staysOnTheLoop(String line) {
    assertThat(store.takesLong(line.split(" "))).isFalse();
  }

  @Test
  void aFewLongElementsLeaveTheLoopAsManyShortOnesDo() {
    String value = "v".repeat(200_000);
    store.run("HSET", "wide", "a", value, "b", value, "c", value);
    store.run("RPUSH", "large", value, "x", value, "y", value);

    assertThat(store.takesLong("HGETALL", "wide")).isTrue();
    assertThat(store.takesLong("LRANGE", "large", "0", "-1")).isTrue();
    assertThat(store.takesLong("LRANGE", "large", "0", "1")).isFalse();
    assertThat(store.takesLong("LRANGE", "large", "-2", "-1")).isFalse();
  }

  @Test
  void aCommandThatWasNotAskedGoesOn() {
    assertThat(store.show("SINTERCARD", "2", "s", "s")).isEqualTo(Integer.toString(COUNT));
    store.runTogether(List.<String[]>of(new String[] {"SPOP", "s", "1400"}));
    assertThat(store.show("SCARD", "s")).isEqualTo("100");
  }

  private long hits() {
    return store.engine().count(Counter.HITS);
  }
}
