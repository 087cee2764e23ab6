package io.karst.commands.sortedset;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.commands.TestStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RemoveTest {
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
  void removesMembers() {
    store.line("ZADD z 1 a 2 b 3 c");
    holds("ZREM z a x c c", "2");
    holds("ZREM z b", "1");
    holds("EXISTS z", "0");
    holds("ZREM z b", "0");
  }

  @Test
  void removesRanges() {
    store.line("ZADD z 1 a 2 b 3 c 4 d 5 e");
    holds("ZREMRANGEBYRANK z 0 0", "1");
    holds("ZREMRANGEBYSCORE z (4 5", "1");
    holds("ZRANGE z 0 -1", "[b, c, d]");
    holds("ZREMRANGEBYRANK z 5 9", "0");
    holds("ZREMRANGEBYSCORE z -inf +inf", "3");
    holds("EXISTS z", "0");
  }

  @Test
  void removesNames() {
    store.line("ZADD z 0 a 0 b 0 c");
    holds("ZREMRANGEBYLEX z [a (c", "2");
    holds("ZRANGE z 0 -1", "[c]");
    holds("ZREMRANGEBYLEX none - +", "0");
  }

  @Test
  void refusesAnotherType() {
    store.line("SET s x");
    holds("ZREM s a", WRONG_TYPE);
    holds("ZREMRANGEBYRANK s 0 1", WRONG_TYPE);
  }
}
