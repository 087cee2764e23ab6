package io.karst.engine;

import io.karst.memory.Record;
import io.karst.value.ElementTable;
import io.karst.value.Scores;
import java.util.Arrays;

/// Elements of a collection that are due and stay, as the store follows another: nobody sees them.
/// Of a sorted set, where they stand among the others.
///
/// Good as long as the view it belongs to.
final class HiddenElements {
  private final int count;

  /// The ranks of these members among all, in order; none if the collection has no order.
  private final long[] ranks;

  private HiddenElements(int count, long[] ranks) {
    this.count = count;
    this.ranks = ranks;
  }

  /// - `due`: their records.
  /// - `sorted`: whether it is a sorted set.
  static HiddenElements of(ElementTable table, long[] due, boolean sorted) {
    long[] ranks = new long[sorted ? due.length : 0];
    for (int i = 0; i < ranks.length; i++) {
      long rank = Scores.rank(Scores.ofBytes(Record.value(due[i])));
      ranks[i] = table.order().indexOf(rank, due[i]);
    }
    Arrays.sort(ranks);
    return new HiddenElements(due.length, ranks);
  }

  int count() {
    return count;
  }

  /// The rank among all of the member that has a rank among those that are seen.
  long rankOfAll(long rank) {
    long ofAll = rank;
    for (long hidden : ranks) {
      if (hidden > ofAll) {
        break;
      }
      ofAll++;
    }
    return ofAll;
  }

  /// How many are seen among the first of all.
  long seenOf(long first) {
    long seen = first;
    for (long hidden : ranks) {
      if (hidden >= first) {
        break;
      }
      seen--;
    }
    return seen;
  }
}
