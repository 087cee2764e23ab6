package io.karst.commands.generic;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.commands.TestStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class MoveTest {
  private final TestStore store = new TestStore();

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void valueAndExpiryGoToTheOtherDatabase() {
    store.show("SET", "a", "1", "PX", "5000");
    assertThat(store.show("MOVE", "a", "9")).isEqualTo("1");
    assertThat(store.show("EXISTS", "a")).isEqualTo("0");
    store.select(9);
    assertThat(store.show("GET", "a")).isEqualTo("1");
    assertThat(store.show("PTTL", "a")).isEqualTo("5000");
  }

  @Test
  void aKeyOfTheSameNameThereIsInTheWay() {
    store.show("SET", "a", "1");
    store.select(1);
    store.show("SET", "a", "2");
    store.select(0);
    assertThat(store.show("MOVE", "a", "1")).isEqualTo("0");
    assertThat(store.show("GET", "a")).isEqualTo("1");
    store.select(1);
    assertThat(store.show("GET", "a")).isEqualTo("2");
  }

  @Test
  void withoutAKeyNothingIsDone() {
    assertThat(store.show("MOVE", "a", "1")).isEqualTo("0");
  }

  @Test
  void errors() {
    assertThat(store.error("MOVE", "a", "0"))
        .isEqualTo("ERR source and destination objects are the same");
    assertThat(store.error("MOVE", "a", "16")).isEqualTo("ERR DB index is out of range");
    assertThat(store.error("MOVE", "a", "-1")).isEqualTo("ERR DB index is out of range");
    assertThat(store.error("MOVE", "a", "x"))
        .isEqualTo("ERR value is not an integer or out of range");
  }
}
