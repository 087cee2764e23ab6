package io.karst.commands.set;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.commands.TestStore;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CombineSetsTest {
  private final TestStore store = new TestStore();

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void combinesSetsOfEveryForm() {
    for (int size : new int[] {3, 100, 600}) {
      for (String kind : new String[] {"", "m"}) {
        for (String other : new String[] {"", "m"}) {
          check(size, kind, other);
        }
      }
    }
  }

  private void check(int size, String kind, String other) {
    store.line("FLUSHALL");
    store.run(members("a", kind, 0, size));
    store.run(members("b", kind, size / 3, 2 * size));
    store.run(members("c", other, 0, size / 2));
    int shared = kind.equals(other) ? size / 2 - size / 3 : 0;
    int third = size / 3;
    String what = size + " of " + kind + " and " + other;
    assertThat(store.line("SINTERCARD 2 a b")).as(what).isEqualTo("" + (size - third));
    assertThat(store.line("SINTERCARD 3 a b c")).as(what).isEqualTo("" + Math.max(0, shared));
    assertThat(store.line("SDIFFCARD 2 a b")).as(what).isEqualTo("" + third);
    assertThat(store.line("SUNIONCARD 2 a b")).as(what).isEqualTo("" + 2 * size);
    assertThat(store.line("SINTERSTORE d a b")).as(what).isEqualTo("" + (size - third));
    assertThat(store.line("SDIFFSTORE e a b")).as(what).isEqualTo("" + third);
    assertThat(store.line("SUNIONSTORE f d e")).as(what).isEqualTo("" + size);
    assertThat(store.line("SDIFFCARD 2 f a")).as(what).isEqualTo("0");
    assertThat(store.line("SDIFFCARD 2 a f")).as(what).isEqualTo("0");
    assertThat(store.line("SDIFFSTORE a a a")).as(what).isEqualTo("0");
    assertThat(store.line("EXISTS a")).isEqualTo("0");
  }

  @Test
  void uniteManySets() {
    for (int i = 0; i < 10; i++) {
      store.run(members("s" + i, i % 2 == 0 ? "" : "m", i * 10, i * 10 + 20));
    }
    assertThat(store.line("SUNIONCARD 10 s0 s1 s2 s3 s4 s5 s6 s7 s8 s9")).isEqualTo("200");
    assertThat(store.line("SUNIONSTORE d s0 s2 s4 s6 s8")).isEqualTo("100");
    assertThat(store.line("OBJECT ENCODING d")).isEqualTo("intset");
  }

  @Test
  void combinesSetsTooLargeForTheCache() {
    store.run(members("a", "m", 0, 70_000));
    store.run(members("b", "m", 60_000, 140_000));
    assertThat(store.line("SINTERCARD 2 a b")).isEqualTo("10000");
    assertThat(store.line("SDIFFCARD 2 a b")).isEqualTo("60000");
    assertThat(store.line("SUNIONCARD 2 a b")).isEqualTo("140000");
  }

  @Test
  void countingEndsAtTheLimit() {
    store.run(members("a", "m", 0, 1000));
    store.run(members("b", "m", 500, 1500));
    assertThat(store.line("SINTERCARD 2 a b LIMIT 10")).isEqualTo("10");
    assertThat(store.line("SUNIONCARD 2 a b LIMIT 1200")).isEqualTo("1200");
    assertThat(store.line("SDIFFCARD 2 a b LIMIT 0")).isEqualTo("500");
    int estimate = Integer.parseInt(store.line("SUNIONCARD 2 a b APPROX"));
    assertThat(estimate).isBetween(1440, 1560);
    assertThat(store.line("SUNIONCARD 2 a b LIMIT 5 APPROX")).isEqualTo("5");
  }

  @Test
  void refusesCountsThatAreNone() {
    store.line("SADD a 1");
    assertThat(store.line("SINTERCARD 0 a")).isEqualTo("!ERR numkeys should be greater than 0");
    assertThat(store.line("SDIFFCARD 2 a"))
        .isEqualTo("!ERR Number of keys can't be greater than number of args");
    assertThat(store.line("SUNIONCARD 1 a LIMIT -1")).isEqualTo("!ERR LIMIT can't be negative");
    assertThat(store.line("SDIFFCARD 1 a APPROX")).isEqualTo("!ERR syntax error");
  }

  @Test
  void whatIsStoredReplacesWhateverWasThere() {
    store.line("SET d text");
    store.line("SADD a 1 2 x");
    assertThat(store.line("SINTERSTORE d a a")).isEqualTo("3");
    assertThat(store.line("TYPE d")).isEqualTo("set");
    assertThat(store.line("SINTERSTORE d a none")).isEqualTo("0");
    assertThat(store.line("EXISTS d")).isEqualTo("0");
    store.line("SET text t");
    assertThat(store.line("SUNIONSTORE a a text")).startsWith("!WRONGTYPE");
    assertThat(store.line("SCARD a")).isEqualTo("3");
  }

  private static String[] members(String key, String prefix, int from, int to) {
    return Stream.concat(
            Stream.of("SADD", key), IntStream.range(from, to).mapToObj(i -> prefix + i))
        .toArray(String[]::new);
  }
}
