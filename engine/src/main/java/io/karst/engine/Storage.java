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
public record Storage(LogSource history, @Nullable Tier tier, @Nullable DiskLock lock) {
  /// Nothing outlives the process.
  public static final Storage MEMORY = ofLog(Log.NONE);

  public Storage(LogSource history, @Nullable Tier tier) {
    this(history, tier, null);
  }

  /// A log that is open already, and no tier.
  public static Storage ofLog(Log log) {
    return new Storage((from, visitor) -> log, null, null);
  }
}
