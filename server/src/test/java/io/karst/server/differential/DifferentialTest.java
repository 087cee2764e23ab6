package io.karst.server.differential;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Random requests to Karst and to a `redis-server` 7.0, which answer the same, byte for byte.
///
/// `-Dseed=` repeats a run, `-Drounds=` makes it longer.
@Timeout(300)
final class DifferentialTest {
  private static final long SEED = Long.getLong("seed", 20_261_122);
  private static final int ROUNDS = Integer.getInteger("rounds", 10);
  private static final int REQUESTS = 2000;
  private static final int SHOWN = 15;

  /// What is compared of every key at the end of a round.
  private static final List<String> VIEWS =
      List.of("TYPE", "GET", "PEXPIRETIME", "SCARD", "HLEN", "ZCARD");

  /// What is compared of every key whatever its order.
  private static final List<String> UNORDERED = List.of("SMEMBERS", "HGETALL", "DUMP");

  @Test
  void repliesAreThoseOfRedis() throws IOException {
    if (!RealRedis.isInstalled()) {
      return;
    }
    System.out.println("seed " + SEED);
    try (RealRedis redis = RealRedis.start();
        KarstServer karst = KarstServer.start()) {
      for (int round = 0; round < ROUNDS; round++) {
        try (RespClient theirs = redis.connect();
            RespClient ours = karst.connect()) {
          round(SEED + round, theirs, ours);
        }
      }
    }
  }

  private static void round(long seed, RespClient theirs, RespClient ours) throws IOException {
    RandomRequests requests = new RandomRequests(new Random(seed));
    List<String> asked = new ArrayList<>();
    ask("FLUSHALL", theirs, ours);
    for (int i = 0; i < REQUESTS; i++) {
      Step request = requests.next();
      String expected = request.run(theirs);
      String actual = request.run(ours);
      if (expected.startsWith("-INVALIDOBJ")) {
        forget(request, theirs, ours);
      }
      asked.add(request.line() + " => \"" + Words.escaped(expected) + "\"");
      Step recorded = new Step(0, request.kind(), request.line(), expected);
      if (!recorded.accepts(actual) && !Difference.isKnown(recorded, actual)) {
        String found = "seed " + seed + ", request " + i + ":\n" + related(asked, request);
        assertThat(Words.escaped(actual)).as(found).isEqualTo(Words.escaped(expected));
      }
    }
    for (int database = 0; database < 16; database++) {
      ask("SELECT " + database, theirs, ours);
      contents(seed, theirs, ours);
    }
  }

  /// Redis may leave a string that is no HyperLogLog changed when it finds that out.
  private static void forget(Step request, RespClient theirs, RespClient ours) throws IOException {
    for (String word : Words.split(request.line())) {
      if (RandomWords.keys().contains(word)) {
        ask("DEL " + Words.join(List.of(word)), theirs, ours);
      }
    }
  }

  /// The last requests that have a key in common with `request`, or none at all.
  private static String related(List<String> asked, Step request) {
    List<String> keys = new ArrayList<>(RandomWords.keys());
    keys.retainAll(Words.split(request.line()));
    List<String> related = new ArrayList<>();
    for (String line : asked) {
      List<String> words = Words.split(line);
      if (keys.stream().anyMatch(words::contains)
          || RandomWords.keys().stream().noneMatch(words::contains)) {
        related.add(line);
      }
    }
    int size = related.size();
    return String.join("\n", related.subList(Math.max(0, size - SHOWN), size));
  }

  private static void contents(long seed, RespClient theirs, RespClient ours) throws IOException {
    for (String key : RandomWords.keys()) {
      for (String view : VIEWS) {
        assertThat(Words.escaped(ours.ask(view, key)))
            .as("seed %d, at the end: %s %s", seed, view, Words.escaped(key))
            .isEqualTo(Words.escaped(theirs.ask(view, key)));
      }
      for (String view : UNORDERED) {
        String line = Words.join(List.of(view, key));
        Step expected = new Step(0, Step.Kind.UNORDERED, line, theirs.ask(view, key));
        String actual = ours.ask(view, key);
        assertThat(expected.accepts(actual) || Difference.isKnown(expected, actual))
            .as("seed %d, at the end: %s, %s", seed, line, Words.escaped(actual))
            .isTrue();
      }
    }
  }

  private static void ask(String line, RespClient theirs, RespClient ours) throws IOException {
    List<String> words = Words.split(line);
    assertThat(ours.ask(words)).isEqualTo(theirs.ask(words));
  }
}
