package io.karst.bench.faults;

import io.karst.bench.cluster.ClusterClient;
import io.karst.bench.cluster.Reply;
import io.karst.bench.harness.Answer;
import io.karst.bench.harness.HarnessException;
import io.karst.bench.harness.Pause;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.random.RandomGenerator;

/// Many keys that one client alone writes, two at a time, and what it knows of them: the latest
/// value that was acknowledged, and those of which nobody knows.
///
/// Values are numbers with a text behind them that follows from the number; both keys of a pair
/// always have the same.
///
/// Thread: its client's while it is at work, then the rounds'.
final class Account {
  private static final int SECONDS_MAX = 60;
  private static final int READ_AT_ONCE = 50;
  private static final int NEVER = 0;
  private static final String PATTERN = "0123456789abcdefghijklmnopqrstuvwxyz".repeat(1000);

  private final String name;
  private final int pairs;
  private final int restMillisMax;
  private final List<Pair> known = new ArrayList<>();
  private long next = 1;

  private static final class Pair {
    private long acknowledged = NEVER;
    private final Set<Long> unknown = new TreeSet<>();
  }

  /// - `pairs`: how many.
  /// - `restMillisMax`: how long to wait between two requests at most.
  Account(String name, int pairs, int restMillisMax) {
    this.name = name;
    this.pairs = pairs;
    this.restMillisMax = restMillisMax;
    for (int i = 0; i < pairs; i++) {
      known.add(new Pair());
    }
  }

  /// The two keys of a pair.
  List<String> keys(int pair) {
    String tag = "{" + name + pair + "}";
    return List.of(tag + "a", tag + "b");
  }

  int pairs() {
    return pairs;
  }

  /// The client that writes.
  Client client(ClusterClient connection, Counts counts, RandomGenerator random) {
    return new Client() {
      @Override
      public void step() {
        write(connection, counts, random);
        Pause.millis(random.nextInt(restMillisMax));
      }

      @Override
      public void end() {
        connection.close();
      }
    };
  }

  private void write(ClusterClient connection, Counts counts, RandomGenerator random) {
    int index = random.nextInt(pairs);
    Pair pair = known.get(index);
    long number = next++;
    String value = value(number);
    List<String> keys = keys(index);
    switch (connection.ask(List.of("MSET", keys.getFirst(), value, keys.getLast(), value))) {
      case Reply.Done(Answer answer) -> {
        if (!answer.equals(Answer.ok())) {
          throw new Violation("MSET is answered with " + answer.shown());
        }
        pair.acknowledged = number;
        counts.done.increment();
      }
      case Reply.Unknown _ -> {
        pair.unknown.add(number);
        counts.unknown.increment();
      }
      case Reply.Refused _ -> counts.refused.increment();
    }
  }

  private static String value(long number) {
    return number + ":" + PATTERN.substring(0, size(number));
  }

  /// Of most values some dozens of bytes, of some thousands, of a few tens of thousands.
  private static int size(long number) {
    int kind = (int) (number % 100);
    return kind < 80 ? kind : kind < 98 ? 40 * kind : 36_000;
  }

  /// Compares with what a cluster has, and goes on from there; nobody writes any more.
  ///
  /// - returns: how many keys were read.
  /// - throws [Violation] if what was acknowledged is not there.
  int settle(ClusterClient connection) {
    for (int from = 0; from < pairs; from += READ_AT_ONCE) {
      List<String> words = new ArrayList<>(List.of("MGET"));
      int to = Math.min(pairs, from + READ_AT_ONCE);
      for (int i = from; i < to; i++) {
        words.addAll(keys(i));
      }
      if (!(connection.insist(words, SECONDS_MAX) instanceof Answer.Many(List<Answer> values))) {
        throw new HarnessException("MGET is not answered with a list");
      }
      for (int i = from; i < to; i++) {
        settle(i, values.get(2 * (i - from)), values.get(2 * (i - from) + 1));
      }
    }
    return 2 * pairs;
  }

  private void settle(int index, Answer one, Answer other) {
    Pair pair = known.get(index);
    long number = same(index, one, other);
    if (number != pair.acknowledged && !pair.unknown.contains(number)) {
      throw new Violation(
          keys(index).getFirst()
              + " should have value "
              + pair.acknowledged
              + ", the last that was acknowledged, or one of "
              + pair.unknown
              + ", and has "
              + number);
    }
    pair.acknowledged = number;
    pair.unknown.clear();
  }

  /// The number of the value that both keys of a pair have.
  ///
  /// - throws [Violation] if they do not.
  long same(int index, Answer one, Answer other) {
    List<String> keys = keys(index);
    if (!one.equals(other)) {
      throw new Violation(
          keys + " are written together, and have " + one.shown() + " and " + other.shown());
    }
    if (!(one instanceof Answer.Bulk(String value))) {
      return NEVER;
    }
    long number = Long.parseLong(value.substring(0, value.indexOf(':')));
    if (!value.equals(value(number))) {
      throw new Violation(keys.getFirst() + " has a value that nobody wrote: " + one.shown());
    }
    return number;
  }
}
