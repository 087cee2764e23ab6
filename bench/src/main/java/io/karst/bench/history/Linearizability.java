package io.karst.bench.history;

import java.time.Duration;
import java.util.List;

/// Decides whether a history of one key is linearizable, by the search of Wing and Gong with the
/// memory of Lowe, and some rules that keep it short.
///
/// The search is at a place: some operations have happened, and the key is in some state. Next may
/// happen whatever was asked before the first of the others was answered, and is answered as the
/// model answers it there. A place that has been left without success is not entered again.
///
/// - What has changed nothing, by its answer (a read, an `SADD` that added none), happens as soon
///   as it may: it stands in nobody's way.
/// - Of operations without an answer that are the same command, the one that was asked first
///   happens first: it may happen whenever another of them may.
/// - An operation without an answer happens only when something comes out otherwise than without it
///   next.
/// - A place is not entered if there was one before with the same state, after the same answered
///   operations and fewer open ones: what can happen from here could have happened from there.
///
/// Time: about linear for a history that is linearizable, and has few operations at once on a key;
/// the problem is NP-complete, so there is a limit of time, and a [Verdict] that says so.
///
/// Sources: J. Wing, C. Gong, Testing and verifying concurrent objects, 1993; G. Lowe, Testing for
/// linearizability, 2017.
///
/// - `patience`: how long a search may take.
public record Linearizability<S>(Model<S> model, Duration patience) {
  /// - `history`: in any order.
  public Verdict check(List<Operation> history) {
    return new Search<>(model, history).run(patience);
  }
}
