package io.karst.server.insight;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.base.Bytes;
import io.karst.commands.Args;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShownWordsTest {
  @Test
  void secretsAreNotShown() {
    assertThat(shown("auth", "AUTH", "u", "pw")).containsExactly("AUTH", R, R);
    assertThat(shown("hello", "HELLO", "3", "AUTH", "u", "pw", "SETNAME", "n"))
        .containsExactly("HELLO", "3", "AUTH", R, R, "SETNAME", "n");
    assertThat(shown("config|set", "CONFIG", "SET", "maxmemory", "1", "RequirePass", "pw"))
        .containsExactly("CONFIG", "SET", "maxmemory", "1", "RequirePass", R);
    assertThat(shown("acl|setuser", "ACL", "SETUSER", "ann", ">pw"))
        .containsExactly("ACL", "SETUSER", R, R);
    assertThat(shown("migrate", "MIGRATE", "h", "1", "", "0", "9", "AUTH2", "u", "pw", "KEYS", "k"))
        .containsExactly("MIGRATE", "h", "1", "", "0", "9", "AUTH2", R, R, "KEYS", "k");
    assertThat(shown("migrate", "MIGRATE", "h", "1", "k", "0", "9", "AUTH", "pw", "COPY"))
        .containsExactly("MIGRATE", "h", "1", "k", "0", "9", "AUTH", R, "COPY");
    assertThat(shown("set", "SET", "auth", "pw")).containsExactly("SET", "auth", "pw");
  }

  private static final String R = "(redacted)";

  private static List<String> shown(String name, String... words) {
    return texts(ShownWords.of(name, Args.of(words)));
  }

  @Test
  void longWordsAndManyWordsAreShortened() {
    List<String> words = new ArrayList<>(List.of("SADD", "k"));
    for (int i = 0; i < 100; i++) {
      words.add("m" + i);
    }
    List<String> shown = texts(shortened(words, 0));
    assertThat(shown).hasSize(32).endsWith("m28", "... (71 more arguments)");
    assertThat(texts(shortened(List.of("SET", "k", "x".repeat(200)), 0)).getLast())
        .isEqualTo("x".repeat(128) + "... (72 more bytes)");
    assertThat(texts(shortened(List.of("GET", "k"), 3)))
        .containsExactly("GET", "k", "... (and 3 more commands of its pipeline)");
  }

  @Test
  void thirtyTwoWordsAreShownAsTheyAre() {
    List<String> words = new ArrayList<>(List.of("SADD", "k"));
    for (int i = 0; i < 30; i++) {
      words.add("m" + i);
    }
    assertThat(texts(shortened(words, 0))).isEqualTo(words);
  }

  private static List<Bytes> shortened(List<String> words, int others) {
    return ShownWords.shortened("x", Args.of(words.toArray(String[]::new)), others);
  }

  private static List<String> texts(List<Bytes> words) {
    return words.stream().map(Bytes::utf8).toList();
  }
}
