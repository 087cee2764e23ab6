package io.karst.commands.sortedset;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.commands.TestStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AddTest {
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
  void countsWhatIsNewOrWithChWhatChanges() {
    holds("ZADD z 1 a 2 b", "2");
    holds("ZADD z 1 a 3 b 4 c", "1");
    holds("ZADD z CH 1 a 5 b 6 d", "2");
    holds("ZRANGE z 0 -1 WITHSCORES", "[a, 1, c, 4, b, 5, d, 6]");
  }

  @Test
  void nxAddsOnlyAndXxChangesOnly() {
    store.line("ZADD z 1 a");
    holds("ZADD z NX 2 a 3 b", "1");
    holds("ZADD z XX CH 4 a 5 c", "1");
    holds("ZRANGE z 0 -1 WITHSCORES", "[b, 3, a, 4]");
  }

  @Test
  void gtAndLtGoOneWay() {
    store.line("ZADD z 5 a");
    holds("ZADD z GT CH 4 a", "0");
    holds("ZADD z GT CH 6 a", "1");
    holds("ZADD z LT CH 7 a", "0");
    holds("ZADD z LT CH 1 a", "1");
    holds("ZADD z GT 1 new", "1");
  }

  @Test
  void incrementsAndAnswersNilWhereItMayNot() {
    holds("ZADD z INCR 1.5 a", "1.5");
    holds("ZADD z INCR 1 a", "2.5");
    holds("ZADD z NX INCR 1 a", "nil");
    holds("ZADD z XX INCR 1 b", "nil");
    holds("ZADD z GT INCR -1 a", "nil");
    holds("ZINCRBY z -2 a", "0.5");
  }

  @Test
  void refusesOptionsThatExcludeEachOther() {
    holds("ZADD z NX XX 1 a", "!ERR XX and NX options at the same time are not compatible");
    holds("ZADD z GT LT 1 a", "!ERR GT, LT, and/or NX options at the same time are not compatible");
    holds("ZADD z INCR 1 a 2 b", "!ERR INCR option supports a single increment-element pair");
    holds("ZADD z NX 1", "!ERR syntax error");
  }

  @Test
  void anErrorLeavesAllUnchanged() {
    store.line("ZADD z 1 a");
    holds("ZADD z 2 a x b", "!ERR value is not a valid float");
    holds("ZADD z 1e400 a", "!ERR value is not a valid float");
    holds("ZADD z 1e-400 a", "!ERR value is not a valid float");
    holds("ZSCORE z a", "1.0");
  }

  @Test
  void infinityLessInfinityIsAnError() {
    store.line("ZADD z inf a");
    holds("ZINCRBY z -inf a", "!ERR resulting score is not a number (NaN)");
    holds("ZSCORE z a", "Infinity");
  }

  @Test
  void aNegativeZeroIsZero() {
    store.line("ZADD z -0 a 0 b");
    holds("ZRANGE z 0 -1 WITHSCORES", "[a, 0, b, 0]");
  }

  @Test
  void refusesAnotherType() {
    store.line("SET s x");
    holds("ZADD s 1 a", WRONG_TYPE);
    holds("ZINCRBY s 1 a", WRONG_TYPE);
  }

  @Test
  void growsOutOfThePackedFormWithoutLosingAny() {
    for (int i = 0; i < 300; i++) {
      holds("ZADD z " + (i * 7919 % 300) + " m" + i, "1");
    }
    holds("ZCARD z", "300");
    holds("ZRANGE z 0 0 WITHSCORES", "[m0, 0]");
    for (int i = 0; i < 300; i++) {
      holds("ZRANK z m" + i, Integer.toString(i * 7919 % 300));
    }
  }
}
