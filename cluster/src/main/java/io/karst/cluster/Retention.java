package io.karst.cluster;

import io.karst.cluster.Boundaries.Boundary;
import java.io.IOException;
import org.apache.ratis.server.raftlog.RaftLog;

/// Lets Ratis drop the part of its log that checkpoints have made needless: all of it that is
/// before the latest checkpoint, but for some that members who lag behind may still need, and what
/// a snapshot on its way goes on from.
///
/// Thread-safe.
final class Retention {
  private final Boundaries boundaries;
  private final Snapshots snapshots;
  private final long keptBytes;

  /// - `keptBytes`: history behind the latest checkpoint that is kept for who lags behind.
  Retention(Boundaries boundaries, Snapshots snapshots, long keptBytes) {
    this.boundaries = boundaries;
    this.snapshots = snapshots;
    this.keptBytes = keptBytes;
  }

  /// A checkpoint has everything before `lsn`. Notes that durably; waits for the disk.
  void checkpointed(long lsn, RaftLog log) throws IOException {
    Boundary boundary = boundaries.atOrBefore(lsn);
    if (boundary == null || !snapshots.publish(boundary)) {
      return;
    }
    Boundary kept = boundaries.atOrBefore(boundary.lsn() - keptBytes);
    if (kept == null) {
      return;
    }
    long index = Math.min(kept.index(), snapshots.neededIndex());
    if (index > Snapshots.NOTHING.index() && log.isOpened()) {
      var _ = log.purge(index);
    }
    boundaries.forgetBefore(kept);
  }
}
