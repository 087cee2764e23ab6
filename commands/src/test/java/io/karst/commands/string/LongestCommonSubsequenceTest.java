package io.karst.commands.string;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.commands.TestStore;
import io.karst.value.ValueType;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LongestCommonSubsequenceTest {
  private static final int LIMIT = 4096;

  private final TestStore store = TestStore.withStringLimit(LIMIT);

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void findsTheSubsequence() {
    store.line("MSET a ohmytext b mynewtext");
    assertThat(store.line("LCS a b")).isEqualTo("mytext");
    assertThat(store.line("LCS a b LEN")).isEqualTo("6");
  }

  @Test
  void showsTheRunsFromTheLastToTheFirst() {
    store.line("MSET a ohmytext b mynewtext");
    assertThat(store.line("LCS a b IDX"))
        .isEqualTo("[matches, [[[4, 7], [5, 8]], [[2, 3], [0, 1]]], len, 6]");
    assertThat(store.line("LCS a b idx MINMATCHLEN 3 WITHMATCHLEN"))
        .isEqualTo("[matches, [[[4, 7], [5, 8], 4]], len, 6]");
    assertThat(store.line("LCS a b IDX MINMATCHLEN -5 WITHMATCHLEN"))
        .isEqualTo("[matches, [[[4, 7], [5, 8], 4], [[2, 3], [0, 1], 2]], len, 6]");
    assertThat(store.line("LCS a a IDX")).isEqualTo("[matches, [[[0, 7], [0, 7]]], len, 8]");
  }

  @Test
  void ignoresOptionsOfTheRunsWithoutThem() {
    store.line("MSET a ohmytext b mynewtext");
    assertThat(store.line("LCS a b WITHMATCHLEN MINMATCHLEN 4")).isEqualTo("mytext");
  }

  @Test
  void readsAMissingKeyAsEmpty() {
    store.line("SET a abc");
    assertThat(store.line("LCS a none")).isEqualTo("");
    assertThat(store.line("LCS none a LEN")).isEqualTo("0");
    assertThat(store.line("LCS none none IDX")).isEqualTo("[matches, [], len, 0]");
  }

  @Test
  void refusesOptionsThatAreNone() {
    assertThat(store.line("LCS a b LEN IDX"))
        .isEqualTo("!ERR If you want both the length and indexes, please just use IDX.");
    assertThat(store.line("LCS a b FOO")).isEqualTo("!ERR syntax error");
    assertThat(store.line("LCS a b MINMATCHLEN")).isEqualTo("!ERR syntax error");
    assertThat(store.line("LCS a b MINMATCHLEN x"))
        .isEqualTo("!ERR value is not an integer or out of range");
  }

  @Test
  void looksAtTheTypesFirst() {
    store.plant("list", ValueType.LIST);
    assertThat(store.line("LCS list b FOO"))
        .isEqualTo("!ERR The specified keys must contain string values");
    assertThat(store.line("LCS a list"))
        .isEqualTo("!ERR The specified keys must contain string values");
  }

  @Test
  void refusesWhatRedisHasNoMemoryFor() {
    store.run("SETRANGE", "a", "30", "x");
    store.run("SETRANGE", "b", "30", "x");
    assertThat(store.line("LCS a b LEN")).isEqualTo("31");
    store.run("APPEND", "b", "x");
    assertThat(store.line("LCS a b LEN"))
        .isEqualTo("!ERR Insufficient memory, transient memory for LCS exceeds proto-max-bulk-len");
  }

  @Test
  void refusesAWrongNumberOfWords() {
    assertThat(store.line("LCS a")).isEqualTo("!ERR wrong number of arguments for 'lcs' command");
  }

  @Test
  void agreesWithATableOfLengths() {
    long seed = Long.getLong("seed", 20_261_122L);
    System.out.println("LongestCommonSubsequenceTest seed " + seed);
    Random random = new Random(seed);
    for (int i = 0; i < 500; i++) {
      String first = letters(random);
      String second = letters(random);
      store.run("MSET", "a", first, "b", second);
      assertThat(store.show("LCS", "a", "b")).isEqualTo(subsequence(first, second));
      assertThat(store.show("LCS", "a", "b", "LEN"))
          .isEqualTo("" + subsequence(first, second).length());
    }
  }

  private static String letters(Random random) {
    StringBuilder text = new StringBuilder();
    for (int left = random.nextInt(30); left > 0; left--) {
      text.append((char) ('a' + random.nextInt(4)));
    }
    return text.toString();
  }

  /// The textbook's way, with the choices Redis makes.
  private static String subsequence(String first, String second) {
    int[][] lengths = new int[first.length() + 1][second.length() + 1];
    for (int i = 1; i <= first.length(); i++) {
      for (int j = 1; j <= second.length(); j++) {
        lengths[i][j] =
            first.charAt(i - 1) == second.charAt(j - 1)
                ? lengths[i - 1][j - 1] + 1
                : Math.max(lengths[i - 1][j], lengths[i][j - 1]);
      }
    }
    StringBuilder reversed = new StringBuilder();
    int i = first.length();
    int j = second.length();
    while (i > 0 && j > 0) {
      if (first.charAt(i - 1) == second.charAt(j - 1)) {
        reversed.append(first.charAt(--i));
        j--;
      } else if (lengths[i - 1][j] > lengths[i][j - 1]) {
        i--;
      } else {
        j--;
      }
    }
    return reversed.reverse().toString();
  }
}
