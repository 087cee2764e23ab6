package io.karst.bench.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Histories drawn at random, of all types; `-Dseed=` draws others.
class RandomHistoryTest {
  private static final long SEED = Long.getLong("seed", System.nanoTime());
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final int SHORT_HISTORIES = 2000;

  static Stream<Named<RandomHistory<?>>> types() {
    return Stream.of(
        Named.of("register", new RandomHistory<>(new RegisterModel(), RandomHistoryTest::register)),
        Named.of("counter", new RandomHistory<>(new CounterModel(), RandomHistoryTest::counter)),
        Named.of("set", new RandomHistory<>(new SetModel(), RandomHistoryTest::set)),
        Named.of("list", new RandomHistory<>(new ListModel(), RandomHistoryTest::list)));
  }

  @ParameterizedTest
  @MethodSource("types")
  void whatHappensAtOneMomentIsLinearizable(RandomHistory<?> type) {
    RandomGenerator random = random();
    for (int i = 0; i < 20; i++) {
      List<Operation> history = type.make(random, 8, 30, i % 2);
      assertThat(check(type, history)).isInstanceOf(Verdict.Linearizable.class);
    }
  }

  @ParameterizedTest
  @MethodSource("types")
  void thousandsOfOperationsAreDecided(RandomHistory<?> type) {
    List<Operation> history = type.make(random(), 10, 500, 0);
    assertThat(check(type, history)).isInstanceOf(Verdict.Linearizable.class);
  }

  @ParameterizedTest
  @MethodSource("types")
  void agreesWithAllOrdersTried(RandomHistory<?> type) {
    RandomGenerator random = random();
    int wrong = 0;
    for (int i = 0; i < SHORT_HISTORIES; i++) {
      List<Operation> history = type.make(random, 3, 2, 20);
      if (history.stream().anyMatch(one -> !one.isOpen())) {
        wrong += agrees(type, RandomHistory.mutated(history, random)) ? 0 : 1;
      }
    }
    assertThat(wrong).as("histories that are not linearizable").isGreaterThan(20);
  }

  /// Returns whether a history is linearizable.
  private static <S> boolean agrees(RandomHistory<S> type, List<Operation> history) {
    boolean right = new BruteForce<>(type.model()).linearizable(history);
    Class<?> verdict = right ? Verdict.Linearizable.class : Verdict.Violated.class;
    assertThat(check(type, history)).as("%s", history).isInstanceOf(verdict);
    return right;
  }

  private static <S> Verdict check(RandomHistory<S> type, List<Operation> history) {
    return new Linearizability<>(type.model(), PATIENCE).check(history);
  }

  private static RandomGenerator random() {
    System.out.println("RandomHistoryTest: -Dseed=" + SEED);
    return new SplittableRandom(SEED);
  }

  private static List<String> register(RandomGenerator random, int number) {
    String value = Integer.toString(random.nextInt(4));
    return switch (random.nextInt(8)) {
      case 0 -> List.of("SET", "k", "u" + number);
      case 1 -> List.of("SET", "k", value);
      case 2 -> List.of("SET", "k", value, "NX");
      case 3 -> List.of("DEL", "k");
      case 4 -> List.of("GETDEL", "k");
      case 5 -> RegisterModel.compareAndSet("k", value, Integer.toString(random.nextInt(4)));
      default -> List.of("GET", "k");
    };
  }

  private static List<String> counter(RandomGenerator random, int number) {
    return switch (random.nextInt(4)) {
      case 0 -> List.of("INCRBY", "k", Integer.toString(1 + random.nextInt(5)));
      case 1 -> List.of("INCR", "k");
      default -> List.of("GET", "k");
    };
  }

  private static List<String> set(RandomGenerator random, int number) {
    String member = Integer.toString(random.nextInt(3));
    return switch (random.nextInt(5)) {
      case 0 -> List.of("SADD", "k", member);
      case 1 -> List.of("SREM", "k", member);
      case 2 -> List.of("SISMEMBER", "k", member);
      case 3 -> List.of("SCARD", "k");
      default -> List.of("SMEMBERS", "k");
    };
  }

  /// More is taken than put: in a long list an order turns out to be wrong only much later.
  private static List<String> list(RandomGenerator random, int number) {
    return switch (random.nextInt(8)) {
      case 0, 1 -> List.of("RPUSH", "k", "e" + number);
      case 2, 3, 4 -> List.of("LPOP", "k");
      case 5 -> List.of("LLEN", "k");
      default -> List.of("LRANGE", "k", "0", "-1");
    };
  }
}
