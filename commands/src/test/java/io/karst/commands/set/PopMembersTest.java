package io.karst.commands.set;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.commands.TestStore;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PopMembersTest {
  private final TestStore store = new TestStore();

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void popsEveryMemberOnce() {
    for (String prefix : new String[] {"", "m"}) {
      for (int size : new int[] {5, 100, 700}) {
        for (int count : new int[] {1, 3, size / 2, size - 1}) {
          List<String> members = IntStream.range(0, size).mapToObj(i -> prefix + i).toList();
          store.run(words("SADD", "s", members));
          List<String> popped = new ArrayList<>();
          while (store.line("EXISTS s").equals("1")) {
            String reply = store.line("SPOP s " + count);
            popped.addAll(List.of(reply.substring(1, reply.length() - 1).split(", ")));
            assertThat(store.line("SCARD s")).isEqualTo("" + (size - popped.size()));
          }
          assertThat(popped).containsExactlyInAnyOrderElementsOf(members);
        }
      }
    }
  }

  @Test
  void popsOneOrNil() {
    store.line("SADD s a");
    assertThat(store.line("SPOP s")).isEqualTo("a");
    assertThat(store.line("SPOP s")).isEqualTo("nil");
    assertThat(store.line("SPOP s 3")).isEqualTo("[]");
    assertThat(store.line("SPOP s -1")).isEqualTo("!ERR value is out of range, must be positive");
  }

  @Test
  void movesAMemberWithItsExpiry() {
    store.line("SADD a 1 2");
    store.line("PEXPIREMEMBER a 1 500");
    assertThat(store.line("SMOVE a b 1")).isEqualTo("1");
    assertThat(store.line("PMEMBERTTL b 1")).isEqualTo("500");
    assertThat(store.line("SMEMBERS a")).isEqualTo("[2]");
    assertThat(store.line("SMOVE a a 2")).isEqualTo("1");
    assertThat(store.line("SMOVE a b 2")).isEqualTo("1");
    assertThat(store.line("EXISTS a")).isEqualTo("0");
    assertThat(store.line("SCARD b")).isEqualTo("2");
  }

  private static String[] words(String command, String key, List<String> members) {
    List<String> words = new ArrayList<>(List.of(command, key));
    words.addAll(members);
    return words.toArray(String[]::new);
  }
}
