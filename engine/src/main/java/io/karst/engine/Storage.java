package io.karst.engine;

import io.karst.history.Log;
import io.karst.history.LogSource;
import io.karst.lsm.Tier;
import org.jspecify.annotations.Nullable;

/// Where a store keeps what has to outlive it.
///
/// - `history`: opens the log; the engine closes it.
/// - `tier`: the disk tier, open; null if everything is in memory. The engine closes it.
public record Storage(LogSource history, @Nullable Tier tier) {
  /// Nothing outlives the process.
  public static final Storage MEMORY = ofLog(Log.NONE);

  /// A log that is open already, and no tier.
  public static Storage ofLog(Log log) {
    return new Storage((from, visitor) -> log, null);
  }
}
