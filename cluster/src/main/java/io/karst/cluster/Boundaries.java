package io.karst.cluster;

import java.util.ArrayDeque;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/// Which LSN belongs to which entry of the Raft log: for some entries, the last before which is
/// behind all that a checkpoint needs.
///
/// Thread-safe.
final class Boundaries {
  /// After an entry the history has come to an LSN.
  record Boundary(long term, long index, long lsn) {}

  /// The history between two, in bytes, at least.
  static final int STEP = 64 << 10;

  private final ArrayDeque<Boundary> known = new ArrayDeque<>();

  /// - `first`: where the log is read from after a start.
  Boundaries(Boundary first) {
    known.add(first);
  }

  /// Begins anew: what was before is somewhere else.
  synchronized void restart(Boundary first) {
    known.clear();
    known.add(first);
  }

  /// The history has become longer.
  synchronized void passed(long term, long index, long lsn) {
    if (lsn - known.getLast().lsn() >= STEP) {
      known.add(new Boundary(term, index, lsn));
    }
  }

  /// The last one that is at an LSN or before it; null if that is before all that are known.
  synchronized @Nullable Boundary atOrBefore(long lsn) {
    for (Iterator<Boundary> latest = known.descendingIterator(); latest.hasNext(); ) {
      Boundary boundary = latest.next();
      if (boundary.lsn() <= lsn) {
        return boundary;
      }
    }
    return null;
  }

  /// Forgets those before one.
  synchronized void forgetBefore(Boundary kept) {
    while (known.size() > 1 && known.getFirst().index() < kept.index()) {
      known.removeFirst();
    }
  }
}
