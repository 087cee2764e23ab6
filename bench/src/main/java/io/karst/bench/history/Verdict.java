package io.karst.bench.history;

import java.time.Duration;

/// What [Linearizability] says of a history.
public sealed interface Verdict {
  /// There is an order in which all answers are right.
  record Linearizable() implements Verdict {}

  /// There is none.
  ///
  /// - `where`: how far the best order goes, and what does not fit behind it; several lines.
  record Violated(String where) implements Verdict {}

  /// Nobody knows: it takes too long to find out.
  ///
  /// - `places`: how many states of the search were tried.
  record Undecided(long places, Duration time) implements Verdict {}
}
