package io.karst.engine;

import io.karst.base.Clock;
import io.karst.history.SyncPolicy;
import io.karst.lsm.TierOptions;
import java.nio.file.Path;

/// How a [DataDirectory] is opened.
///
/// - `path`: the directory; made if it is missing.
/// - `logged`: whether there is a history; without one, what came after the last checkpoint is lost
///   with the process.
/// - `policy`: when the history is synced without anybody asking for it.
/// - `tier`: what the disk tier may take.
/// - `clock`: the time.
/// - `seed`: secret, and new for each process.
/// - `databases`: how many the store has.
/// - `salvage`: whether to go on with what is left of a damaged history.
public record DirectoryOptions(
    Path path,
    boolean logged,
    SyncPolicy policy,
    TierOptions tier,
    Clock clock,
    long seed,
    int databases,
    boolean salvage) {
  /// With a history that is synced every second, and a small tier.
  public static DirectoryOptions defaults(Path path, long seed) {
    return new DirectoryOptions(
        path, true, SyncPolicy.EVERYSEC, TierOptions.SMALL, Clock.system(), seed, 16, false);
  }

  public DirectoryOptions withLogged(boolean on) {
    return new DirectoryOptions(path, on, policy, tier, clock, seed, databases, salvage);
  }

  public DirectoryOptions withPolicy(SyncPolicy other) {
    return new DirectoryOptions(path, logged, other, tier, clock, seed, databases, salvage);
  }

  public DirectoryOptions withTier(TierOptions other) {
    return new DirectoryOptions(path, logged, policy, other, clock, seed, databases, salvage);
  }

  public DirectoryOptions withClock(Clock other) {
    return new DirectoryOptions(path, logged, policy, tier, other, seed, databases, salvage);
  }

  public DirectoryOptions withDatabases(int count) {
    return new DirectoryOptions(path, logged, policy, tier, clock, seed, count, salvage);
  }

  public DirectoryOptions withSalvage(boolean on) {
    return new DirectoryOptions(path, logged, policy, tier, clock, seed, databases, on);
  }
}
