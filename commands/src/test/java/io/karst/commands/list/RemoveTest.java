package io.karst.commands.list;

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

  @Test
  void removesFromEitherEnd() {
    store.line("RPUSH l a b a c a");
    assertThat(store.line("LREM l 1 a")).isEqualTo("1");
    assertThat(store.line("LRANGE l 0 -1")).isEqualTo("[b, a, c, a]");
    assertThat(store.line("LREM l -1 a")).isEqualTo("1");
    assertThat(store.line("LRANGE l 0 -1")).isEqualTo("[b, a, c]");
    assertThat(store.line("LREM l 0 x")).isEqualTo("0");
  }

  @Test
  void removesAll() {
    store.line("RPUSH l a b a a");
    assertThat(store.line("LREM l 0 a")).isEqualTo("3");
    assertThat(store.line("LREM l 0 b")).isEqualTo("1");
    assertThat(store.line("EXISTS l")).isEqualTo("0");
    assertThat(store.line("LREM l 0 b")).isEqualTo("0");
  }

  @Test
  void takesNumbersForWhatTheyAre() {
    store.line("RPUSH l 1 01 1");
    assertThat(store.line("LREM l 0 1")).isEqualTo("2");
    assertThat(store.line("LRANGE l 0 -1")).isEqualTo("[01]");
  }

  @Test
  void refusesACountThatIsNone() {
    assertThat(store.line("LREM l x a")).isEqualTo("!ERR value is not an integer or out of range");
    assertThat(store.line("LREM l -9223372036854775808 a"))
        .isEqualTo(
            "!ERR value is out of range, value must between -9223372036854775807"
                + " and 9223372036854775807");
    store.line("RPUSH l a");
    assertThat(store.line("LREM l 9223372036854775807 a")).isEqualTo("1");
  }

  @Test
  void refusesAnotherType() {
    store.line("SET s x");
    assertThat(store.line("LREM s 0 a")).isEqualTo(WRONG_TYPE);
  }

  @Test
  void hasNoEffectIfNothingIsEqual() {
    store.line("RPUSH l a");
    store.takeEffects();
    store.line("LREM l 0 b");
    assertThat(store.takeEffects()).isEmpty();
    store.line("LREM l 0 a");
    assertThat(store.takeEffects()).hasSize(1);
  }
}
