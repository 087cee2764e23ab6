package io.karst.bench.torture;

import io.karst.bench.harness.Answer;
import io.karst.bench.ledger.LossException;
import io.karst.bench.ledger.Observation;
import io.karst.bench.ledger.Request;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/// Counters in database 0 that several writers add one to, and that are read meanwhile.
///
/// Nobody may be told less than what anybody was told before. After a crash a counter is at least
/// what anybody was told, and has as many steps as were acknowledged at least, as were sent at
/// most.
///
/// Thread-safe; settled when nobody else is at work.
final class SharedCounters {
  private static final int DATABASE = 0;

  private final List<Counter> counters =
      Stream.of("shared:0", "shared:1", "{s}shared:2", "{s}shared:3").map(Counter::new).toList();

  private static final class Counter {
    private final String key;
    private final AtomicLong sent = new AtomicLong();
    private final AtomicLong acknowledged = new AtomicLong();
    private final AtomicLong told = new AtomicLong();
    private long settled;

    private Counter(String key) {
      this.key = key;
    }

    /// - `least`: what had been told when it was asked for.
    private void tell(Answer answer, long least) {
      long value =
          switch (answer) {
            case Answer.Whole reply -> reply.value();
            case Answer.Bulk reply -> Long.parseLong(reply.value());
            case Answer.Nil _ -> 0;
            case Answer.Text _, Answer.Failure _, Answer.Many _ ->
                throw new LossException(key + " is answered with " + answer.shown());
          };
      if (value < least) {
        throw new LossException(key + " was " + least + " at least, and is " + value);
      }
      told.accumulateAndGet(value, Math::max);
    }
  }

  /// Adds one to one of them.
  Request increment(RandomGenerator random) {
    Counter counter = counters.get(random.nextInt(counters.size()));
    counter.sent.incrementAndGet();
    long least = counter.told.get() + 1;
    return new Request(
        DATABASE,
        List.of("INCR", counter.key),
        true,
        answer -> {
          counter.tell(answer, least);
          counter.acknowledged.incrementAndGet();
        });
  }

  /// Reads all of them.
  Request read() {
    List<String> words =
        Stream.concat(Stream.of("MGET"), counters.stream().map(counter -> counter.key)).toList();
    List<Long> least = counters.stream().map(counter -> counter.told.get()).toList();
    return new Request(
        DATABASE,
        words,
        true,
        answer -> {
          if (!(answer instanceof Answer.Many(List<Answer> items))) {
            throw new LossException("the counters are answered with " + answer.shown());
          }
          for (int i = 0; i < counters.size(); i++) {
            counters.get(i).tell(items.get(i), least.get(i));
          }
        });
  }

  /// Whether a key of database 0 is one of them.
  boolean has(String key) {
    return counters.stream().anyMatch(counter -> counter.key.equals(key));
  }

  /// How many of them there are.
  long size() {
    return counters.stream().filter(counter -> counter.settled > 0).count();
  }

  /// Compares with what a server has, and goes on from there.
  void settle(Observation observation) {
    counters.forEach(counter -> settle(counter, observation.value(DATABASE, counter.key)));
  }

  private static void settle(Counter counter, String text) {
    long value = text.isEmpty() ? 0 : Long.parseLong(text);
    long steps = value - counter.settled;
    if (value < counter.told.get()
        || steps < counter.acknowledged.get()
        || steps > counter.sent.get()) {
      throw new LossException(
          String.format(
              Locale.ROOT,
              "%s is %d; it was %d, then INCR was sent %d times and acknowledged %d times, and"
                  + " somebody was told that it is %d",
              counter.key,
              value,
              counter.settled,
              counter.sent.get(),
              counter.acknowledged.get(),
              counter.told.get()));
    }
    counter.settled = value;
    counter.sent.set(0);
    counter.acknowledged.set(0);
    counter.told.set(value);
  }
}
