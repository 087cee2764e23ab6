package io.karst.commands.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.commands.TestStore;
import org.junit.jupiter.api.Test;

final class DebugReloadTest {
  @Test
  void keysStayButForHowRedisWouldHoldThem() {
    try (TestStore store = new TestStore()) {
      store.show("SET", "a", "value", "PX", "5000");
      store.show("APPEND", "b", "1");
      store.show("APPEND", "b", "2");
      assertThat(store.show("OBJECT", "ENCODING", "b")).isEqualTo("raw");
      assertThat(store.show("DEBUG", "RELOAD")).isEqualTo("OK");
      assertThat(store.show("GET", "a")).isEqualTo("value");
      assertThat(store.show("PTTL", "a")).isEqualTo("5000");
      assertThat(store.show("GET", "b")).isEqualTo("12");
      assertThat(store.show("OBJECT", "ENCODING", "b")).isEqualTo("int");
      assertThat(store.show("DEBUG", "RELOAD", "NOSAVE", "noflush", "MERGE")).isEqualTo("OK");
      assertThat(store.show("DEBUG", "RELOAD", "NOLOAD")).contains("DEBUG RELOAD only supports");
      assertThat(store.show("GET", "b")).isEqualTo("12");
    }
  }
}
