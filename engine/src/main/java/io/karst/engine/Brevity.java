package io.karst.engine;

import io.karst.base.Limits;
import io.karst.engine.Counters.Counter;

/// Keeps long commands off the event loops: whoever is about to look at many elements says so
/// first, and a command that was asked to be brief ends there, to be run again elsewhere.
///
/// A command that has changed something goes on, however long it takes: it is not run twice. So
/// does what makes a value of the disk tier what it was, which would be left half made.
///
/// Thread: its transaction's.
final class Brevity {
  private final Records records;

  /// Whether the current command is to be brief.
  private boolean asked;

  /// What was counted before it: it is counted when it is run again.
  private long hitsBefore;

  private long missesBefore;

  Brevity(Records records) {
    this.records = records;
  }

  /// The next command may take as long as it likes.
  void next() {
    asked = false;
  }

  /// The current command, which has not begun, is to be brief.
  void ask() {
    asked = true;
    hitsBefore = records.counters.count(Counter.HITS);
    missesBefore = records.counters.count(Counter.MISSES);
  }

  /// So many elements are about to be looked at.
  ///
  /// - throws [LongWorkException] if they are too many.
  void weigh(long elements) {
    if (elements > Limits.LOOP_ELEMENTS_MAX && leaves()) {
      throw new LongWorkException();
    }
  }

  /// So many bytes are about to be copied.
  ///
  /// - throws [LongWorkException] if they are too many.
  void weighBytes(long bytes) {
    if (bytes > Limits.LOOP_SIZE_MAX && leaves()) {
      throw new LongWorkException();
    }
  }

  /// Whether the current command, which would take long, is run again elsewhere: then it has not
  /// been run here.
  boolean leaves() {
    if (!asked || !records.unchanged() || records.quiet()) {
      return false;
    }
    asked = false;
    Counters counters = records.counters;
    counters.add(Counter.HITS, hitsBefore - counters.count(Counter.HITS));
    counters.add(Counter.MISSES, missesBefore - counters.count(Counter.MISSES));
    return true;
  }
}
