package io.karst.commands.sortedset;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.commands.TestStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RangeTest {
  private final TestStore store = new TestStore();

  @AfterEach
  void close() {
    store.close();
  }

  private void holds(String line, String reply) {
    assertThat(store.line(line)).as(line).isEqualTo(reply);
  }

  @Test
  void byRank() {
    store.line("ZADD z 1 a 2 b 3 c");
    holds("ZRANGE z 0 -1", "[a, b, c]");
    holds("ZRANGE z -2 -1 WITHSCORES", "[b, 2, c, 3]");
    holds("ZRANGE z 0 1 REV", "[c, b]");
    holds("ZREVRANGE z 0 0", "[c]");
    holds("ZRANGE z 2 1", "[]");
    holds("ZRANGE none 0 -1", "[]");
  }

  @Test
  void byScore() {
    store.line("ZADD z 1 a 2 b 2 c 3 d");
    holds("ZRANGEBYSCORE z 2 3", "[b, c, d]");
    holds("ZRANGEBYSCORE z (2 +inf", "[d]");
    holds("ZREVRANGEBYSCORE z +inf (1 LIMIT 1 1", "[c]");
    holds("ZRANGE z 2 3 BYSCORE REV", "[]");
    holds("ZRANGE z 3 2 BYSCORE REV", "[d, c, b]");
    holds("ZRANGEBYSCORE z 1 3 LIMIT -1 2", "[]");
    holds("ZRANGEBYSCORE z 1 3 LIMIT 2 -1", "[c, d]");
  }

  @Test
  void byName() {
    store.line("ZADD z 0 a 0 b 0 c");
    holds("ZRANGEBYLEX z - +", "[a, b, c]");
    holds("ZRANGEBYLEX z (a [c", "[b, c]");
    holds("ZREVRANGEBYLEX z + [b", "[c, b]");
    holds("ZRANGE z [b + BYLEX", "[b, c]");
  }

  @Test
  void refusesOptionsThatDoNotFit() {
    holds(
        "ZRANGE z 0 -1 LIMIT 0 1",
        "!ERR syntax error, LIMIT is only supported in combination with either BYSCORE or BYLEX");
    holds(
        "ZRANGE z - + BYLEX WITHSCORES",
        "!ERR syntax error, WITHSCORES not supported in combination with BYLEX");
    holds("ZRANGE z 0 1 BYSCORE BYLEX", "!ERR syntax error");
    holds("ZRANGE z 0 1 REV REV", "!ERR syntax error");
    holds("ZRANGE z x 1", "!ERR value is not an integer or out of range");
    holds("ZRANGEBYSCORE z x 1", "!ERR min or max is not a float");
    holds("ZRANGEBYLEX z a b", "!ERR min or max not valid string range item");
  }

  @Test
  void aLimitOfAllIsNone() {
    store.line("ZADD z 1 a 2 b");
    holds("ZRANGE z 0 -1 LIMIT 1 -1", "[a, b]");
  }

  @Test
  void boundsMayBeBeyondADouble() {
    store.line("ZADD z 1 a 2 b");
    holds("ZCOUNT z -1e400 1e400", "2");
  }

  @Test
  void storesARange() {
    store.line("ZADD z 1 a 2 b 3 c");
    holds("ZRANGESTORE d z (1 +inf BYSCORE", "2");
    holds("ZRANGE d 0 -1 WITHSCORES", "[b, 2, c, 3]");
    holds("ZRANGESTORE d none 0 -1", "0");
    holds("EXISTS d", "0");
  }
}
