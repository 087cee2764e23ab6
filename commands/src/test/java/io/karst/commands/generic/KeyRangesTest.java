package io.karst.commands.generic;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.commands.TestStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KeyRangesTest {
  private final TestStore store = new TestStore();

  @BeforeEach
  void fill() {
    for (String key : new String[] {"b", "a", "d", "c", "ab"}) {
      store.run("SET", key, "v" + key);
    }
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void keysComeInOrderWithinTheBounds() {
    assertThat(store.show("KEYRANGE", "-", "+")).isEqualTo("[a, ab, b, c, d]");
    assertThat(store.show("KEYRANGE", "[ab", "(c")).isEqualTo("[ab, b]");
    assertThat(store.show("KEYRANGE", "(ab", "[c")).isEqualTo("[b, c]");
    assertThat(store.show("KEYRANGE", "-", "+", "LIMIT", "2")).isEqualTo("[a, ab]");
    assertThat(store.show("KEYRANGE", "+", "-", "REV", "LIMIT", "2")).isEqualTo("[d, c]");
    assertThat(store.show("KEYRANGE", "[c", "[ab", "REV")).isEqualTo("[c, b, ab]");
    assertThat(store.show("KEYRANGE", "+", "-")).isEqualTo("[]");
    assertThat(store.show("KEYRANGE", "[c", "[a")).isEqualTo("[]");
    assertThat(store.show("KEYRANGE", "-", "+", "LIMIT", "0")).isEqualTo("[]");
  }

  @Test
  void valuesFollowTheirKeys() {
    assertThat(store.show("KEYRANGE", "[a", "[b", "WITHVALUES"))
        .isEqualTo("[a, va, ab, vab, b, vb]");
  }

  @Test
  void aKeyThatIsDueIsNotThere() {
    store.run("PEXPIRE", "b", "10");
    store.advance(10);
    assertThat(store.show("KEYRANGE", "-", "[b")).isEqualTo("[a, ab]");
    assertThat(store.show("DELRANGE", "[b", "[b")).isEqualTo("0");
  }

  @Test
  void rangesAndPrefixesAreRemovedAndCounted() {
    assertThat(store.show("DELRANGE", "(a", "[b")).isEqualTo("2");
    assertThat(store.show("KEYRANGE", "-", "+")).isEqualTo("[a, c, d]");
    store.run("SET", "ab", "1");
    assertThat(store.show("DELPREFIX", "a")).isEqualTo("2");
    assertThat(store.show("DELPREFIX", "")).isEqualTo("2");
    assertThat(store.show("DBSIZE")).isEqualTo("0");
  }

  @Test
  void errors() {
    assertThat(store.error("KEYRANGE", "a", "+"))
        .isEqualTo("ERR min or max not valid string range item");
    assertThat(store.error("DELRANGE", "-", ""))
        .isEqualTo("ERR min or max not valid string range item");
    assertThat(store.error("KEYRANGE", "-", "+", "LIMIT")).isEqualTo("ERR syntax error");
    assertThat(store.error("KEYRANGE", "-", "+", "LIMIT", "-1"))
        .isEqualTo("ERR LIMIT can't be negative");
    assertThat(store.error("KEYRANGE", "-", "+", "LIMIT", "x"))
        .isEqualTo("ERR value is not an integer or out of range");
  }
}
