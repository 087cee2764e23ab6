package io.karst.engine;

import io.karst.base.Disk.DiskLock;
import io.karst.history.Log;
import io.karst.history.LogSource;
import io.karst.lsm.Tier;
import org.jspecify.annotations.Nullable;

/// Where a store keeps what has to outlive it.
///
/// - `history`: opens the log; the engine closes it.
/// - `tier`: the disk tier, open; null if everything is in memory. The engine closes it.
/// - `lock`: what keeps others away from both; null if nothing does. Closed last.
/// - `amendedFrom`: from what size on, in bytes, the tier gets the changes to a collection instead
///   of the whole of it; at least what the tier takes.
/// - `follows`: whether the store follows a history that is made elsewhere, until its [Replica]
///   leads.
public record Storage(
    LogSource history,
    @Nullable Tier tier,
    @Nullable DiskLock lock,
    int amendedFrom,
    boolean follows) {
  /// Less than this is written whole: it takes about as long as finding out what has changed.
  public static final int AMENDED_FROM = 64 << 10;

  /// Nothing outlives the process.
  public static final Storage MEMORY = ofLog(Log.NONE);

  public Storage(LogSource history, @Nullable Tier tier) {
    this(history, tier, null, AMENDED_FROM, false);
  }

  Storage withLock(DiskLock held) {
    return new Storage(history, tier, held, amendedFrom, follows);
  }

  public Storage withAmendedFrom(int size) {
    return new Storage(history, tier, lock, size, follows);
  }

  public Storage withFollows(boolean on) {
    return new Storage(history, tier, lock, amendedFrom, on);
  }

  /// A log that is open already, and no tier.
  public static Storage ofLog(Log log) {
    return new Storage((from, visitor) -> log, null);
  }
}
