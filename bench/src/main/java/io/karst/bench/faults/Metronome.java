package io.karst.bench.faults;

import io.karst.bench.cluster.ClusterClient;
import io.karst.bench.cluster.Reply;
import io.karst.bench.harness.Answer;
import io.karst.bench.harness.Pause;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;

/// A counter that grows all the time, and when it was known to have grown how far: by this it is
/// seen how old an answer is.
///
/// Thread-safe.
final class Metronome {
  static final String KEY = "metronome";

  private static final int BEAT_MILLIS = 10;

  /// What was acknowledged, by time.
  private final ConcurrentSkipListMap<Long, Long> acknowledged = new ConcurrentSkipListMap<>();

  /// The largest anybody has seen.
  private final AtomicLong seen = new AtomicLong();

  Client client(ClusterClient connection, Counts counts) {
    return new Client() {
      @Override
      public void step() {
        beat(connection, counts);
        Pause.millis(BEAT_MILLIS);
      }

      @Override
      public void end() {
        connection.close();
      }
    };
  }

  private void beat(ClusterClient connection, Counts counts) {
    switch (connection.ask(List.of("INCR", KEY))) {
      case Reply.Done(Answer answer) -> {
        acknowledged.put(System.nanoTime(), number(answer));
        saw(number(answer));
        counts.done.increment();
      }
      case Reply.Unknown _ -> counts.unknown.increment();
      case Reply.Refused _ -> counts.refused.increment();
    }
  }

  /// The least that who asked at `nanos` may be told, if that may not be older.
  long leastAt(long nanos) {
    Map.Entry<Long, Long> entry = acknowledged.floorEntry(nanos);
    return entry == null ? 0 : entry.getValue();
  }

  /// Notes that somebody was told this.
  void saw(long number) {
    seen.accumulateAndGet(number, Math::max);
  }

  long seen() {
    return seen.get();
  }

  static long number(Answer answer) {
    return switch (answer) {
      case Answer.Whole reply -> reply.value();
      case Answer.Bulk reply -> Long.parseLong(reply.value());
      case Answer.Nil _ -> 0;
      case Answer.Text _, Answer.Failure _, Answer.Many _ ->
          throw new Violation(KEY + " is answered with " + answer.shown());
    };
  }
}
