package io.karst.bench.faults;

import java.util.concurrent.atomic.LongAdder;

/// What clients have done so far.
///
/// Thread-safe.
final class Counts {
  final LongAdder done = new LongAdder();
  final LongAdder refused = new LongAdder();
  final LongAdder unknown = new LongAdder();
  final LongAdder followerReads = new LongAdder();
}
