package io.karst.base;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class GlobTest {
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "\"\", \"\"",
        "*, \"\"",
        "*, abc",
        "**, abc",
        "abc, abc",
        "a?c, abc",
        "?, x",
        "a*, a",
        "a*, abc",
        "*c, abc",
        "a*c, ac",
        "a*b*c, a-b-b-c",
        "*ab*, xxaabx",
        "*.*.*, 1.2.3.4",
        "user:*:name, user:1000:name",
        "h[ae]llo, hallo",
        "h[^e]llo, hallo",
        "h[a-b]llo, hbllo",
        "h[b-a]llo, hbllo",
        "[a-cx-z], y",
        "[^], x",
        "[^, x",
        "[abc, b",
        "[a-, -",
        "[\\]], ]",
        "[\\-a], -",
        "[a\\], ]",
        "\\*, *",
        "\\?x, ?x",
        "\\[a], [a]",
        "\\\\, \\",
        "\\, \\",
        "\\a, a",
        "a-b, a-b",
        "[a-], ^"
      })
  void matches(String pattern, String text) {
    assertThat(Glob.of(bytes(pattern)).matches(bytes(text))).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "\"\", a",
        "?, \"\"",
        "?, ab",
        "a, \"\"",
        "abc, ab",
        "abc, abcd",
        "abc, aBc",
        "a*b, abc",
        "a*c, ab",
        "*a, ab",
        "h[ae]llo, hillo",
        "h[^e]llo, hello",
        "[a-c], d",
        "[, x",
        "[], x",
        "[]a, ]",
        "[abc, d",
        "\\*, x",
        "\\?, x",
        "*[^a], bca",
        "**?, \"\""
      })
  void doesNotMatch(String pattern, String text) {
    assertThat(Glob.of(bytes(pattern)).matches(bytes(text))).isFalse();
  }

  @Test
  void takesAnyByte() {
    for (int i = 0; i < 256; i++) {
      Bytes one = Bytes.of((byte) i);
      assertThat(Glob.of(bytes("?")).matches(one)).isTrue();
      assertThat(Glob.of(bytes("*")).matches(one)).isTrue();
      assertThat(Glob.of(Bytes.of((byte) '\\', (byte) i)).matches(one)).isTrue();
      assertThat(Glob.of(Bytes.of((byte) '[', (byte) 0, (byte) '-', (byte) -1)).matches(one))
          .isTrue();
    }
  }

  @Test
  void ignoresTheCaseOfAsciiOnlyWhenAsked() {
    assertThat(Glob.of(bytes("MaxMemory*")).matches(bytes("maxmemory-policy"))).isFalse();
    assertThat(Glob.ignoringCase(bytes("MaxMemory*")).matches(bytes("maxMEMORY-policy"))).isTrue();
    assertThat(Glob.ignoringCase(bytes("[a-c]\\D")).matches(bytes("Bd"))).isTrue();
    assertThat(Glob.ignoringCase(bytes("[A-C]")).matches(bytes("b"))).isTrue();
    assertThat(Glob.ignoringCase(bytes("[^A-C]")).matches(bytes("b"))).isFalse();
    assertThat(Glob.ignoringCase(bytes("\u00e9")).matches(bytes("\u00c9"))).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "\"\", \"\", true",
        "abc, abc, true",
        "a\\*c, a*c, true",
        "*, \"\", false",
        "user:{7}:*, user:{7}:, false",
        "a?c, a, false",
        "ab[c], ab, false"
      })
  void knowsWhatEveryMatchBeginsWith(String pattern, String prefix, boolean literal) {
    Glob glob = Glob.of(bytes(pattern));
    assertThat(glob.literalPrefix()).isEqualTo(bytes(prefix));
    assertThat(glob.isLiteral()).isEqualTo(literal);
  }

  @Test
  void knowsThatItMatchesAll() {
    assertThat(Glob.of(bytes("*")).matchesAll()).isTrue();
    assertThat(Glob.of(bytes("***")).matchesAll()).isTrue();
    assertThat(Glob.of(bytes("")).matchesAll()).isFalse();
    assertThat(Glob.of(bytes("*a")).matchesAll()).isFalse();
    assertThat(Glob.of(bytes("\\*")).matchesAll()).isFalse();
  }

  @Test
  void takesNoExponentialTime() {
    Glob glob = Glob.of(bytes("*a".repeat(500) + "*b"));
    Bytes text = bytes("a".repeat(20_000));
    Assertions.assertTimeoutPreemptively(
        Duration.ofSeconds(20), () -> assertThat(glob.matches(text)).isFalse());
  }

  @Test
  void agreesWithTheDefinitionOnRandomPatterns() {
    long seed = Long.getLong("seed", System.nanoTime());
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    for (int i = 0; i < 200_000; i++) {
      String pattern = word(random, "**??ab-[]^\\", 10);
      String text = word(random, "aab-]^", 8);
      assertThat(Glob.of(bytes(pattern)).matches(bytes(text)))
          .as("seed %d, pattern %s, text %s", seed, pattern, text)
          .isEqualTo(defined(pattern, text));
    }
  }

  private static String word(RandomGenerator random, String alphabet, int lengthMax) {
    StringBuilder word = new StringBuilder();
    for (int left = random.nextInt(lengthMax + 1); left > 0; left--) {
      word.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    return word.toString();
  }

  /// The language as its definition reads, with recursion, on the pattern as it is written.
  private static boolean defined(String pattern, String text) {
    if (pattern.isEmpty()) {
      return text.isEmpty();
    }
    char first = pattern.charAt(0);
    if (first == '*') {
      return defined(pattern.substring(1), text)
          || (!text.isEmpty() && defined(pattern, text.substring(1)));
    }
    if (text.isEmpty()) {
      return false;
    }
    if (first == '[') {
      return definedSet(pattern, text);
    }
    boolean escape = first == '\\' && pattern.length() > 1;
    char wanted = escape ? pattern.charAt(1) : first;
    boolean taken = (first == '?') || wanted == text.charAt(0);
    return taken && defined(pattern.substring(escape ? 2 : 1), text.substring(1));
  }

  private static boolean definedSet(String pattern, String text) {
    char c = text.charAt(0);
    int i = 1;
    boolean negated = i < pattern.length() && pattern.charAt(i) == '^';
    i += negated ? 1 : 0;
    boolean found = false;
    while (i < pattern.length() && pattern.charAt(i) != ']') {
      char member = pattern.charAt(i);
      if (member == '\\' && i + 1 < pattern.length()) {
        found |= pattern.charAt(i + 1) == c;
        i += 2;
      } else if (i + 2 < pattern.length() && pattern.charAt(i + 1) == '-') {
        char end = pattern.charAt(i + 2);
        found |= c >= Math.min(member, end) && c <= Math.max(member, end);
        i += 3;
      } else {
        found |= member == c;
        i++;
      }
    }
    String rest = pattern.substring(Math.min(i + 1, pattern.length()));
    return found != negated && defined(rest, text.substring(1));
  }

  private static Bytes bytes(String text) {
    return Bytes.of(text.getBytes(ISO_8859_1));
  }
}
