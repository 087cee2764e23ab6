package io.karst.commands.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.commands.TestStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MemoryUsageTest {
  private static final String VALUE = "0123456789abcdef";

  private final TestStore store = new TestStore();

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void aHashOfOneCommandTakesNoMoreThanOneOfMany() {
    StringBuilder all = new StringBuilder("HSET one");
    for (int i = 0; i < 10; i++) {
      all.append(" field").append(i).append(' ').append(VALUE);
      store.line("HSET two field" + i + " " + VALUE);
    }
    store.line(all.toString());
    assertThat(usage("one")).isEqualTo(usage("two"));
  }

  @Test
  void aSetOfOneCommandTakesNoMoreThanOneOfMany() {
    StringBuilder all = new StringBuilder("SADD one");
    for (int i = 0; i < 10; i++) {
      all.append(" member").append(i);
      store.line("SADD two member" + i);
    }
    store.line(all.toString());
    assertThat(usage("one")).isEqualTo(usage("two"));
  }

  @Test
  void fullNodesOfAStreamHaveNoRoomToSpare() {
    for (int i = 0; i < 10_000; i++) {
      store.line("XADD s * field " + VALUE);
    }
    int entry = VALUE.length() + 11; // The list of an entry: flags, two differences, a count.
    assertThat(usage("s")).isLessThan(10_000L * (entry + 3));
  }

  private long usage(String key) {
    return Long.parseLong(store.line("MEMORY USAGE " + key));
  }
}
