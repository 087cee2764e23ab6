package io.karst.commands.sortedset;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.commands.TestStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CombineTest {
  private static final String WRONG_TYPE =
      "!WRONGTYPE Operation against a key holding the wrong kind of value";

  private final TestStore store = new TestStore();

  @AfterEach
  void close() {
    store.close();
  }

  private void holds(String line, String reply) {
    assertThat(store.line(line)).as(line).isEqualTo(reply);
  }

  @Test
  void unites() {
    store.line("ZADD a 1 x 2 y");
    store.line("ZADD b 10 y 20 z");
    holds("ZUNION 2 a b WITHSCORES", "[x, 1, y, 12, z, 20]");
    holds("ZUNION 2 a b WEIGHTS 2 1 AGGREGATE MAX WITHSCORES", "[x, 2, y, 10, z, 20]");
    holds("ZUNIONSTORE d 2 a b", "3");
  }

  @Test
  void intersects() {
    store.line("ZADD a 1 x 2 y");
    store.line("ZADD b 10 y 20 z");
    holds("ZINTER 2 a b WITHSCORES", "[y, 12]");
    holds("ZINTER 2 a b AGGREGATE MIN WITHSCORES", "[y, 2]");
    holds("ZINTERSTORE d 2 a none", "0");
    holds("ZINTERCARD 2 a b", "1");
  }

  @Test
  void subtracts() {
    store.line("ZADD a 1 x 2 y");
    store.line("ZADD b 10 y");
    holds("ZDIFF 2 a b WITHSCORES", "[x, 1]");
    holds("ZDIFFSTORE a 2 a b", "1");
    holds("ZRANGE a 0 -1", "[x]");
  }

  @Test
  void takesPlainSetsWithAScoreOfOne() {
    store.line("SADD s x y");
    store.line("ZADD a 5 x");
    holds("ZUNION 2 a s WITHSCORES", "[y, 1, x, 6]");
  }

  @Test
  void whatIsNoNumberIsZero() {
    store.line("ZADD a inf x");
    store.line("ZADD b -inf x");
    holds("ZUNION 2 a b WITHSCORES", "[x, 0]");
    holds("ZUNION 1 a WEIGHTS 0 WITHSCORES", "[x, 0]");
  }

  @Test
  void theLastLimitCounts() {
    store.line("ZADD a 1 x 2 y");
    holds("ZINTERCARD 1 a LIMIT 1 LIMIT 2", "2");
    holds("ZINTERCARD 1 a LIMIT 0", "2");
    holds("ZINTERCARD 1 a LIMIT -1", "!ERR LIMIT can't be negative");
  }

  @Test
  void refusesWhatItDoesNotUnderstand() {
    holds("ZUNION 0 a", "!ERR at least 1 input key is needed for 'zunion' command");
    holds("ZUNION 2 a", "!ERR syntax error");
    holds("ZUNIONSTORE d 1 a WITHSCORES", "!ERR syntax error");
    holds("ZDIFF 1 a WEIGHTS 1", "!ERR syntax error");
    holds("ZUNION 1 a WEIGHTS x", "!ERR weight value is not a float");
  }

  @Test
  void refusesAnotherType() {
    store.line("SET s x");
    holds("ZUNION 1 s", WRONG_TYPE);
  }
}
