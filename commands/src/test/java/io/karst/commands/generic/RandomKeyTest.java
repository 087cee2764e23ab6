package io.karst.commands.generic;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.commands.TestStore;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class RandomKeyTest {
  private final TestStore store = new TestStore();

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void withoutKeysItIsNil() {
    assertThat(store.show("RANDOMKEY")).isEqualTo("nil");
  }

  @Test
  void everyKeyIsDrawnSoonerOrLater() {
    store.show("MSET", "a", "1", "b", "2", "{b}c", "3");
    Set<String> drawn = new HashSet<>();
    for (int i = 0; i < 200; i++) {
      drawn.add(store.show("RANDOMKEY"));
    }
    assertThat(drawn).containsExactlyInAnyOrder("a", "b", "{b}c");
  }

  @Test
  void onlyTheDatabaseOfTheConnectionIsDrawnFrom() {
    store.show("SET", "a", "1");
    store.select(1);
    assertThat(store.show("RANDOMKEY")).isEqualTo("nil");
  }
}
