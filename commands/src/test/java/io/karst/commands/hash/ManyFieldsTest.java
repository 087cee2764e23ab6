package io.karst.commands.hash;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.commands.TestStore;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ManyFieldsTest {
  private final TestStore store = new TestStore();

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void aHashOutgrowsItsPackedFormAndKeepsAllFields() {
    store.run(fields(0, 500));
    assertThat(store.line("OBJECT ENCODING h")).isEqualTo("listpack");
    assertThat(store.show(fields(490, 520))).isEqualTo("20");
    assertThat(store.line("OBJECT ENCODING h")).isEqualTo("hashtable");
    assertThat(store.show(fields(0, 2000))).isEqualTo("1480");
    assertThat(store.line("HGET h f1999")).isEqualTo("v1999");
    assertThat(store.line("HLEN h")).isEqualTo("2000");
  }

  @Test
  void fieldsThatAreThereDoNotMakeItLarge() {
    store.run(fields(0, 512));
    store.run(fields(0, 512));
    assertThat(store.line("OBJECT ENCODING h")).isEqualTo("listpack");
  }

  @Test
  void ofAFieldNamedTwiceTheLastValueStays() {
    assertThat(store.line("HSET h a 1 b 2 a 3")).isEqualTo("2");
    assertThat(store.line("HGETALL h")).isEqualTo("[a, 3, b, 2]");
    store.run("HSET", "t", "a", "1", "long", "x".repeat(100), "a", "2");
    assertThat(store.line("HGET t a")).isEqualTo("2");
    assertThat(store.line("HLEN t")).isEqualTo("2");
  }

  @Test
  void drawsDifferentFields() {
    for (int size : new int[] {10, 512, 513, 3000}) {
      store.line("DEL h");
      store.run(fields(0, size));
      for (int count : new int[] {1, 2, size / 4, size / 2, size - 1, size, size + 5}) {
        String drawn = store.line("HRANDFIELD h " + count);
        String[] names = drawn.substring(1, drawn.length() - 1).split(", ");
        assertThat(names).hasSize(Math.min(count, size)).doesNotHaveDuplicates();
        assertThat(store.line("HMGET h " + String.join(" ", names))).doesNotContain("nil");
      }
      assertThat(store.line("HRANDFIELD h -7 WITHVALUES").split(",")).hasSize(14);
    }
  }

  @Test
  void scansWithAndWithoutValues() {
    store.line("HSET h a 1 b 2");
    assertThat(store.line("HSCAN h 0")).isEqualTo("[0, [a, 1, b, 2]]");
    assertThat(store.line("HSCAN h 0 NOVALUES MATCH b*")).isEqualTo("[0, [b]]");
    assertThat(store.line("HSCAN none 0 FOO")).isEqualTo("[0, []]");
    assertThat(store.line("HSCAN h 0 COUNT 0")).isEqualTo("!ERR syntax error");
    store.line("SADD s a");
    assertThat(store.line("SSCAN s 0 NOVALUES"))
        .isEqualTo("!ERR NOVALUES option can only be used in HSCAN");
  }

  private static String[] fields(int from, int to) {
    List<String> words = new ArrayList<>(List.of("HSET", "h"));
    for (int i = from; i < to; i++) {
      words.add("f" + i);
      words.add("v" + i);
    }
    return words.toArray(String[]::new);
  }
}
