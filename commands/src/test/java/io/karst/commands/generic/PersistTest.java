package io.karst.commands.generic;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.commands.TestStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class PersistTest {
  private final TestStore store = new TestStore();

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void aKeyThatWouldHaveGoneStays() {
    store.show("SET", "a", "1", "EX", "10");
    assertThat(store.show("PERSIST", "a")).isEqualTo("1");
    assertThat(store.show("TTL", "a")).isEqualTo("-1");
    store.advance(20_000);
    assertThat(store.show("GET", "a")).isEqualTo("1");
  }

  @Test
  void aKeyThatStaysAndNoKeyAreLeftAlone() {
    store.show("SET", "a", "1");
    store.takeEffects();
    assertThat(store.show("PERSIST", "a")).isEqualTo("0");
    assertThat(store.show("PERSIST", "b")).isEqualTo("0");
    assertThat(store.takeEffects()).isEmpty();
  }

  @Test
  void aKeyThatIsDueIsGone() {
    store.show("SET", "a", "1", "PX", "1");
    store.advance(1);
    assertThat(store.show("PERSIST", "a")).isEqualTo("0");
    assertThat(store.show("EXISTS", "a")).isEqualTo("0");
  }
}
