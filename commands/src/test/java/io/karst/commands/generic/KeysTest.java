package io.karst.commands.generic;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.commands.TestStore;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class KeysTest {
  private final TestStore store = new TestStore();

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void matchingKeysAreListedOnce() {
    store.show("MSET", "one", "1", "two", "2", "three", "3", "", "4");
    assertThat(found("*")).containsExactlyInAnyOrder("one", "two", "three", "");
    assertThat(found("t*")).containsExactlyInAnyOrder("two", "three");
    assertThat(found("t[g-w]o")).containsExactly("two");
    assertThat(found("???")).containsExactlyInAnyOrder("one", "two");
    assertThat(found("two")).containsExactly("two");
    assertThat(found("")).containsExactly("");
    assertThat(found("four")).isEmpty();
  }

  @Test
  void aTagInFrontOfTheWildcardFindsItsKeys() {
    store.show("MSET", "{user:7}:a", "1", "{user:7}:b", "2", "{user:8}:a", "3", "x{user:7}", "4");
    assertThat(found("{user:7}:*")).containsExactlyInAnyOrder("{user:7}:a", "{user:7}:b");
    assertThat(found("*{user:7}*"))
        .containsExactlyInAnyOrder("{user:7}:a", "{user:7}:b", "x{user:7}");
    assertThat(found("{user:*}:a")).containsExactlyInAnyOrder("{user:7}:a", "{user:8}:a");
    assertThat(found("{}*")).isEmpty();
  }

  @Test
  void keysThatAreDueAreNotListed() {
    store.show("SET", "a", "1", "PX", "1");
    store.show("SET", "b", "1");
    store.advance(1);
    assertThat(found("*")).containsExactly("b");
  }

  @Test
  void onlyTheDatabaseOfTheConnectionIsListed() {
    store.show("SET", "a", "1");
    store.select(1);
    assertThat(found("*")).isEmpty();
  }

  @Test
  void manyKeys() {
    for (int i = 0; i < 5000; i++) {
      store.show("SET", "{slot}" + i, "1");
    }
    assertThat(found("*")).hasSize(5000).doesNotHaveDuplicates();
    assertThat(found("{slot}4?99")).hasSize(10);
  }

  private List<String> found(String pattern) {
    return Listed.keys(store.run("KEYS", pattern));
  }
}
