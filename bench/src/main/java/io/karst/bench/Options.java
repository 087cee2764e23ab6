package io.karst.bench;

import io.karst.bench.harness.Contender;
import io.karst.bench.harness.HarnessException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The options of a comparison: each comparison declares those it takes, then has words read.
///
/// What all comparisons understand alike is declared by one method and asked for by another;
/// `--quick` is always among it. An option that changes what is measured, not only for how long, is
/// *narrowing*: a run with one is called partial.
final class Options {
  /// What an option does with the words behind it.
  private record Taker(boolean narrows, Consumer<Deque<String>> take) {}

  private final Map<String, Taker> takers = new HashMap<>();
  private boolean quick;
  private boolean partial;
  private boolean redis = true;
  private int rounds;
  private int seconds;
  private int threads = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
  private @Nullable Path place;

  Options() {
    takers.put("--quick", new Taker(false, _ -> quick = true));
  }

  /// Takes `--rounds`.
  Options withRounds() {
    return number("--rounds", count -> rounds = count);
  }

  /// Takes `--seconds` and `--threads`, of a load.
  Options withLoad() {
    return number("--seconds", count -> seconds = count)
        .number("--threads", count -> threads = count);
  }

  /// Takes `--no-redis`.
  Options withRedis() {
    takers.put("--no-redis", new Taker(true, _ -> redis = false));
    return this;
  }

  /// Takes `--dir`; without it data go to `otherwise`.
  Options withPlace(Path otherwise) {
    place = otherwise;
    takers.put(
        "--dir", new Taker(false, rest -> place = Path.of(value("--dir", rest)).toAbsolutePath()));
    return this;
  }

  /// Takes a narrowing option with a number above 0.
  Options count(String name, IntConsumer found) {
    takers.put(name, new Taker(true, rest -> found.accept(count(name, value(name, rest)))));
    return this;
  }

  /// Takes a narrowing option with a list of numbers above 0.
  Options counts(String name, Consumer<List<Integer>> found) {
    return list(name, words -> found.accept(words.map(word -> count(name, word)).toList()));
  }

  /// Takes a narrowing option with a list of words, which are given in lower case.
  Options list(String name, Consumer<Stream<String>> found) {
    takers.put(name, new Taker(true, rest -> found.accept(words(value(name, rest)))));
    return this;
  }

  /// Reads what was declared.
  ///
  /// - throws [HarnessException] that says which word is wrong.
  void parse(List<String> words) {
    Deque<String> rest = new ArrayDeque<>(words);
    while (!rest.isEmpty()) {
      String name = rest.remove();
      Taker taker = takers.get(name);
      if (taker == null) {
        throw new HarnessException("unknown option " + name + "; ./karst bench --help lists them");
      }
      taker.take.accept(rest);
      partial |= taker.narrows;
    }
  }

  boolean quick() {
    return quick;
  }

  /// `quick` or `partial` for what is less than the default, else empty.
  String label() {
    return quick ? "quick" : partial ? "partial" : "";
  }

  List<Contender> contenders() {
    return redis ? List.of(Contender.values()) : List.of(Contender.KARST);
  }

  int rounds(int otherwise) {
    return rounds > 0 ? rounds : quick ? 1 : otherwise;
  }

  int seconds(int whenQuick, int otherwise) {
    return seconds > 0 ? seconds : quick ? whenQuick : otherwise;
  }

  int threads() {
    return threads;
  }

  Path place() {
    return Objects.requireNonNull(place);
  }

  /// What was given, or else a default.
  ///
  /// - `given`: 0 if nothing was.
  int or(int given, int whenQuick, int otherwise) {
    return given > 0 ? given : quick ? whenQuick : otherwise;
  }

  /// The constant that a word of `--only` names, in lower case as users write it.
  static <E extends Enum<E>> E chosen(String word, E[] constants) {
    return Arrays.stream(constants)
        .filter(constant -> name(constant).equals(word))
        .findFirst()
        .orElseThrow(
            () -> new HarnessException("--only takes " + names(constants) + "; not " + word));
  }

  private static String names(Enum<?>... constants) {
    return String.join(", ", Arrays.stream(constants).map(Options::name).toList());
  }

  private static String name(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  private Options number(String name, IntConsumer found) {
    takers.put(name, new Taker(false, rest -> found.accept(count(name, value(name, rest)))));
    return this;
  }

  private static String value(String name, Deque<String> rest) {
    if (rest.isEmpty()) {
      throw new HarnessException(name + " needs a value");
    }
    return rest.remove();
  }

  private static Stream<String> words(String list) {
    return Arrays.stream(list.toLowerCase(Locale.ROOT).split(",", -1)).map(String::strip);
  }

  private static int count(String name, String word) {
    try {
      int count = Integer.parseInt(word);
      if (count > 0) {
        return count;
      }
    } catch (NumberFormatException e) {
      throw new HarnessException(name + ": not a number: " + word);
    }
    throw new HarnessException(name + ": must be above 0: " + word);
  }
}
