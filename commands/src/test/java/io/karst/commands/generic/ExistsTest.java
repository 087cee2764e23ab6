package io.karst.commands.generic;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.commands.TestStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class ExistsTest {
  private final TestStore store = new TestStore();

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void aKeyNamedTwiceCountsTwice() {
    store.show("SET", "a", "1");
    assertThat(store.show("EXISTS", "a", "b", "a")).isEqualTo("2");
    assertThat(store.show("TOUCH", "a", "b", "a")).isEqualTo("2");
  }

  @Test
  void aKeyThatIsDueDoesNotExist() {
    store.show("SET", "a", "1", "PX", "10");
    store.advance(9);
    assertThat(store.show("EXISTS", "a")).isEqualTo("1");
    store.advance(1);
    assertThat(store.show("EXISTS", "a")).isEqualTo("0");
    assertThat(store.show("TOUCH", "a")).isEqualTo("0");
  }

  @Test
  void touchIsAnAccessAndExistsIsNone() {
    store.show("SET", "a", "1");
    store.advance(5000);
    store.show("EXISTS", "a");
    assertThat(store.show("OBJECT", "IDLETIME", "a")).isEqualTo("5");
    store.show("TOUCH", "a");
    assertThat(store.show("OBJECT", "IDLETIME", "a")).isEqualTo("0");
  }

  @Test
  void withoutKeysTheArityIsWrong() {
    assertThat(store.error("EXISTS"))
        .isEqualTo("ERR wrong number of arguments for 'exists' command");
    assertThat(store.error("TOUCH")).isEqualTo("ERR wrong number of arguments for 'touch' command");
  }
}
