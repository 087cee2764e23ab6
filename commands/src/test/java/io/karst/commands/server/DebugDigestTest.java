package io.karst.commands.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.commands.TestStore;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class DebugDigestTest {
  /// Two ways to each of some values, in other orders and forms.
  private static final List<String[][]> PAIRS =
      List.of(
          pair("SET 1 abc", "APPEND 2 ab; APPEND 2 c"),
          pair("RPUSH 1 a b c", "RPUSH 2 b c; LPUSH 2 a"),
          pair("HSET 1 f v g w", "HSET 2 g w; HSET 2 h x; HSET 2 f v; HDEL 2 h"),
          pair("SADD 1 1 2 3", "SADD 2 3 x 1; SADD 2 2; SREM 2 x"),
          pair("ZADD 1 1 a 2.5 b", "ZADD 2 2.5 b 7 a; ZADD 2 1 a"),
          pair(
              "XADD 1 1-1 f v; XADD 1 2-2 f w; XGROUP CREATE 1 g 1-1",
              "XADD 2 1-1 f v; XADD 2 2-2 f w; XGROUP CREATE 2 g 0; XGROUP SETID 2 g 1-1"),
          pair("SET 1 v PXAT 9999999999999", "SET 2 v; PEXPIREAT 2 9999999999999"));

  private static String[][] pair(String first, String second) {
    return new String[][] {first.split("; "), second.split("; ")};
  }

  @Test
  void equalValuesHaveEqualDigestsAndOthersHaveNot() {
    Set<String> all = new HashSet<>();
    for (String[][] pair : PAIRS) {
      try (TestStore store = new TestStore()) {
        run(store, pair);
        String digest = store.show("DEBUG", "DIGEST-VALUE", "1", "2", "3");
        String[] digests = digest.split(" ");
        assertThat(digests).as(digest).hasSize(3);
        assertThat(digests[0].replaceAll("[^0-9a-f]", "")).as(pair[0][0]).hasSize(40);
        assertThat(digests[1].replaceAll("[^0-9a-f]", ""))
            .as(pair[1][0])
            .isEqualTo(digests[0].replaceAll("[^0-9a-f]", ""));
        assertThat(digests[2]).contains("0".repeat(40));
        assertThat(all.add(digests[0])).as("another value had it: %s", pair[0][0]).isTrue();
      }
    }
  }

  @Test
  void formsDoNotMatter() {
    try (TestStore packed = new TestStore();
        TestStore large = new TestStore()) {
      for (TestStore store : List.of(packed, large)) {
        for (int i = 0; i < 100; i++) {
          store.show("ZADD", "z", Integer.toString(i), "m" + i);
          store.show("HSET", "h", "f" + i, "v");
          store.show("RPUSH", "l", "e" + i);
        }
      }
      large.show("ZADD", "z", "1", "x".repeat(100));
      large.show("ZREM", "z", "x".repeat(100));
      large.show("HSET", "h", "x".repeat(100), "");
      large.show("HDEL", "h", "x".repeat(100));
      assertThat(large.show("OBJECT", "ENCODING", "z")).isEqualTo("skiplist");
      assertThat(packed.show("OBJECT", "ENCODING", "z")).isEqualTo("listpack");
      String digest = packed.show("DEBUG", "DIGEST");
      assertThat(large.show("DEBUG", "DIGEST")).isEqualTo(digest).hasSize(40);
      large.show("ZADD", "z", "1.5", "m1");
      assertThat(large.show("DEBUG", "DIGEST")).isNotEqualTo(digest);
      large.show("ZADD", "z", "1", "m1");
      assertThat(large.show("DEBUG", "DIGEST")).isEqualTo(digest);
      large.show("HPEXPIREAT", "h", "9999999999999", "FIELDS", "1", "f1");
      assertThat(large.show("DEBUG", "DIGEST")).isNotEqualTo(digest);
    }
  }

  @Test
  void nothingComesToZeros() {
    try (TestStore store = new TestStore()) {
      assertThat(store.show("DEBUG", "DIGEST")).isEqualTo("0".repeat(40));
    }
  }

  private static void run(TestStore store, String[][] pair) {
    for (String[] commands : pair) {
      for (String command : commands) {
        store.show(command.split(" "));
      }
    }
  }
}
