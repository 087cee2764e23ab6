package io.karst.commands.generic;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.commands.TestStore;
import io.karst.value.ValueType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class TypeTest {
  private final TestStore store = new TestStore();

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void everyTypeHasItsName() {
    store.show("SET", "a", "1");
    store.plant("l", ValueType.LIST);
    store.plant("z", ValueType.SORTED_SET);
    store.plant("x", ValueType.STREAM);
    assertThat(store.show("TYPE", "a")).isEqualTo("string");
    assertThat(store.show("TYPE", "l")).isEqualTo("list");
    assertThat(store.show("TYPE", "z")).isEqualTo("zset");
    assertThat(store.show("TYPE", "x")).isEqualTo("stream");
    assertThat(store.show("TYPE", "missing")).isEqualTo("none");
  }

  @Test
  void isNoAccess() {
    store.show("SET", "a", "1");
    store.advance(5000);
    store.show("TYPE", "a");
    assertThat(store.show("OBJECT", "IDLETIME", "a")).isEqualTo("5");
  }
}
