package io.karst.commands.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.commands.TestStore;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

final class DebugObjectTest {
  private static final Pattern LRU = Pattern.compile(" lru:([0-9]+) lru_seconds_idle:([0-9]+)");

  @Test
  void theTimeOfTheLastAccessStaysAsTimeGoesBy() {
    for (int begin = 0; begin < 1000; begin += 31) {
      try (TestStore store = new TestStore()) {
        store.advance(begin);
        store.show("SET", "a", "1");
        Set<String> times = new HashSet<>();
        for (int i = 0; i < 100; i++) {
          store.advance(47);
          times.add(lru(store).group(1));
        }
        assertThat(times).hasSize(1);
        assertThat(lru(store).group(2)).isEqualTo("4");
      }
    }
  }

  private static Matcher lru(TestStore store) {
    Matcher found = LRU.matcher(store.show("DEBUG", "OBJECT", "a"));
    assertThat(found.find()).isTrue();
    return found;
  }
}
