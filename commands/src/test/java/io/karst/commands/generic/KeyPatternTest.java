package io.karst.commands.generic;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.base.Bytes;
import io.karst.keyspace.KeySlot;
import org.junit.jupiter.api.Test;

final class KeyPatternTest {
  @Test
  void aPatternWithoutWildcardsTellsTheSlot() {
    assertThat(slot("key")).isEqualTo(slotOf("key"));
    assertThat(slot("")).isEqualTo(slotOf(""));
    assertThat(slot("a\\*b")).isEqualTo(slotOf("a*b"));
    assertThat(slot("{a}b")).isEqualTo(slotOf("{a}"));
  }

  @Test
  void aTagBeforeTheFirstWildcardTellsTheSlot() {
    assertThat(slot("{user:7}:*")).isEqualTo(slotOf("{user:7}"));
    assertThat(slot("x{user:7}?")).isEqualTo(slotOf("{user:7}"));
    assertThat(slot("{{a}}[bc]")).isEqualTo(slotOf("{{a}}"));
    assertThat(slot("\\{a}*")).isEqualTo(slotOf("{a}"));
  }

  @Test
  void otherPatternsDoNot() {
    for (String pattern : new String[] {"*", "key*", "{user:*}", "*{a}", "{}a*", "{}{a}*", "{*"}) {
      assertThat(slot(pattern)).isEqualTo(KeyPattern.ALL_SLOTS);
    }
  }

  private static int slot(String pattern) {
    return KeyPattern.of(Bytes.utf8(pattern)).onlySlot();
  }

  private static int slotOf(String key) {
    return KeySlot.of(Bytes.utf8(key));
  }
}
