package io.karst.engine;

import io.karst.eviction.AccessMeter;
import io.karst.memory.Record;
import java.util.random.RandomGenerator;

/// What a transaction notes of accesses, and tells of them.
///
/// *Probation.* While what is on disk leaves memory again ([Eviction#probation]), a record that was
/// read from disk counts as accessed a while ago: it has to be asked for once more to be as good as
/// those that have proved their worth. So a scan of what is on disk does not drive out what is
/// used.
///
/// Thread: its transaction's.
final class Accesses {
  private static final int NO_PROBATION = -1;

  private final Eviction eviction;
  private final RandomGenerator random;
  private AccessMeter meter = AccessMeter.ofRecency();
  private long now;
  private int stamp;

  /// The access word of the records that this transaction has read from disk.
  private int probation = NO_PROBATION;

  Accesses(Eviction eviction, RandomGenerator random) {
    this.eviction = eviction;
    this.random = random;
  }

  /// A new transaction, at a time.
  void begin(long nowMillis) {
    now = nowMillis;
    meter = eviction.meter();
    stamp = meter.stamp(nowMillis);
    probation = NO_PROBATION;
  }

  /// The access word of a new record in the place of `old`, which may be none.
  int word(long old) {
    return old == Record.NONE ? meter.first(stamp) : touched(Record.access(old));
  }

  /// Notes that a value was read.
  void read(long record) {
    int word = Record.access(record);
    if (word != probation) {
      Record.access(record, touched(word));
    }
  }

  /// Notes that a value was changed in place.
  void wrote(long record) {
    Record.access(record, touched(Record.access(record)));
  }

  /// Notes that a record has come from disk because somebody asks for it.
  void loaded(long record) {
    if (eviction.spills()) {
      probation = eviction.probation(now);
      Record.access(record, probation);
    }
  }

  /// Whether accesses are counted: then there are frequencies, and else idle times.
  boolean counted() {
    return meter.countsAccesses();
  }

  long idleMillis(long record) {
    return AccessMeter.idleMillis(Record.access(record), now);
  }

  void idle(long record, long idleMillis) {
    Record.access(record, AccessMeter.idle(idleMillis, now));
  }

  int frequency(long record) {
    return meter.frequency(Record.access(record), stamp);
  }

  void frequency(long record, int counter) {
    Record.access(record, AccessMeter.frequent(counter, stamp));
  }

  private int touched(int word) {
    return meter.touched(word, stamp, random);
  }
}
