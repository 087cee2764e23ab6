package io.karst.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;

class WordsTest {
  @Test
  void blanksSeparateWords() throws Exception {
    assertThat(Words.split("  bind\t127.0.0.1   ::1 ")).containsExactly("bind", "127.0.0.1", "::1");
    assertThat(Words.split("   ")).isEmpty();
  }

  @Test
  void quotesHoldBlanksAndEmptyWords() throws Exception {
    assertThat(Words.split("a \"b c\" '' 'd \"e' \"\""))
        .containsExactly("a", "b c", "", "d \"e", "");
  }

  @Test
  void doubleQuotesKnowEscapes() throws Exception {
    assertThat(Words.split("\"\\n\\r\\t\\x41\\\"\\\\\\q\\xzz\""))
        .containsExactly("\n\r\tA\"\\qxzz");
    assertThat(Words.split("\"\\xc3\\xa9\"")).containsExactly("é");
  }

  @Test
  void singleQuotesKnowOneEscape() throws Exception {
    assertThat(Words.split("'it\\'s' 'a\\nb'")).containsExactly("it's", "a\\nb");
  }

  @Test
  void unbalancedQuotesAreRefused() {
    for (String line : new String[] {"\"a", "'a", "\"a\"b", "'a'b", "\"a\\", "a \"\\\""}) {
      assertThatThrownBy(() -> Words.split(line))
          .as(line)
          .isInstanceOf(BadValueException.class)
          .hasMessage("unbalanced quotes");
    }
  }

  @Test
  void bytesThatAreNoTextAreRefused() {
    assertThatThrownBy(() -> Words.split("requirepass \"\\xff\\xfe\""))
        .isInstanceOf(BadValueException.class)
        .hasMessage("a word is not UTF-8");
  }

  @Test
  void whatIsQuotedComesBack() throws Exception {
    long seed = Long.getLong("seed", System.nanoTime());
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    for (int i = 0; i < 10_000; i++) {
      int[] characters = random.ints(random.nextInt(8), 0, 0x250).toArray();
      String word = new String(characters, 0, characters.length);
      assertThat(Words.split("x " + Words.quote(word) + " y")).containsExactly("x", word, "y");
    }
  }
}
