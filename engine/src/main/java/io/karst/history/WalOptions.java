package io.karst.history;

import io.karst.base.Clock;
import io.karst.base.Disk;

/// How a [Wal] is opened.
///
/// - `disk`: its directory; nothing else is in there.
/// - `clock`: the time; a test's own, or [Clock#system].
/// - `seed`: of the id of a log that is created: secret, and new for each process.
/// - `segmentSize`: bytes of the stream a file of a log that is created takes, a power of two; an
///   existing log keeps its own.
/// - `policy`: see [SyncPolicy]; may be changed later.
/// - `thread`: whether a thread does the work of the writer; without it, [Wal#turn] is the caller's
///   to call, and whoever waits does it meanwhile.
/// - `salvage`: whether to go on with what is before the damage, if the log is damaged.
public record WalOptions(
    Disk disk,
    Clock clock,
    long seed,
    int segmentSize,
    SyncPolicy policy,
    boolean thread,
    boolean salvage) {
  /// Segments of 16 MiB, a sync a second, no salvage.
  public static WalOptions defaults(Disk disk, long seed) {
    return new WalOptions(
        disk, Clock.system(), seed, WalFormat.SEGMENT_SIZE, SyncPolicy.EVERYSEC, true, false);
  }

  public WalOptions withDisk(Disk other) {
    return new WalOptions(other, clock, seed, segmentSize, policy, thread, salvage);
  }

  public WalOptions withSeed(long other) {
    return new WalOptions(disk, clock, other, segmentSize, policy, thread, salvage);
  }

  public WalOptions withClock(Clock other) {
    return new WalOptions(disk, other, seed, segmentSize, policy, thread, salvage);
  }

  public WalOptions withSegmentSize(int bytes) {
    return new WalOptions(disk, clock, seed, bytes, policy, thread, salvage);
  }

  public WalOptions withPolicy(SyncPolicy other) {
    return new WalOptions(disk, clock, seed, segmentSize, other, thread, salvage);
  }

  public WalOptions withThread(boolean on) {
    return new WalOptions(disk, clock, seed, segmentSize, policy, on, salvage);
  }

  public WalOptions withSalvage(boolean on) {
    return new WalOptions(disk, clock, seed, segmentSize, policy, thread, on);
  }
}
