package io.karst.engine;

import io.karst.engine.Counters.Counter;
import io.karst.history.LogStatus;
import io.karst.keyspace.Database;
import io.karst.keyspace.Keyspace;
import io.karst.keyspace.TierCounts;
import io.karst.lsm.TierStatus;
import org.jspecify.annotations.Nullable;

/// Figures of what a store keeps on disk, for people; a moment old.
///
/// - `tiered`: whether there is a disk tier; if not, all of it is 0.
/// - `hot`: keys in memory; `cold`: keys that only the tier has; `dirty`: records and tombstones
///   that the tier does not have as they are; `stored`: keys that the tier has.
/// - `changes`: since the last checkpoint began.
/// - `checkpoints`: how many this process has taken; `checkpointNanos`: how long the last one took.
/// - `checkpointingNanos`: for how long the one that goes on has.
/// - `checkpointMillis`: when the last checkpoint ended, since 1970; 0 if none ever did.
/// - `checkpointLsn`: history before it is not needed any more.
/// - `checkpointing`, `failing`: whether a checkpoint goes on, and whether the latest failed.
public record DiskStatus(
    boolean tiered,
    long hot,
    long cold,
    long dirty,
    long stored,
    long changes,
    long checkpoints,
    long checkpointNanos,
    long checkpointingNanos,
    long checkpointMillis,
    long checkpointLsn,
    boolean checkpointing,
    boolean failing,
    LogStatus log,
    TierStatus tier) {
  private static final TierStatus NO_TIER = new TierStatus(0, 0, 0, 0, 0, 0, 0, false);

  static DiskStatus of(Engine engine, Keyspace keyspace, @Nullable Checkpoints checkpoints) {
    long size = 0;
    long cold = 0;
    long dirty = 0;
    long stored = 0;
    for (int index = 0; index < keyspace.count(); index++) {
      Database data = keyspace.find(index);
      TierCounts counts = data == null ? null : data.tier();
      size += data == null ? 0 : data.size();
      if (counts != null) {
        cold += counts.cold();
        dirty += counts.dirty();
        stored += counts.stored();
      }
    }
    return new DiskStatus(
        checkpoints != null,
        size - cold,
        cold,
        dirty,
        stored,
        engine.count(Counter.CHANGES) - (checkpoints == null ? 0 : checkpoints.savedChanges()),
        checkpoints == null ? 0 : checkpoints.rounds(),
        checkpoints == null ? 0 : checkpoints.lastNanos(),
        checkpoints == null ? 0 : checkpoints.currentNanos(),
        checkpoints == null ? 0 : checkpoints.lastMillis(),
        checkpoints == null ? 0 : checkpoints.lsn(),
        checkpoints != null && checkpoints.running(),
        checkpoints != null && checkpoints.failing(),
        engine.log().status(),
        checkpoints == null ? NO_TIER : engine.tier().status());
  }
}
