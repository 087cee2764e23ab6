package io.karst.engine;

import io.karst.base.Disk;
import io.karst.history.Log;
import java.io.IOException;

/// A backup that goes on: it has a checkpoint, the history since is kept, and belongs to it when it
/// is sealed. Thread: one at a time; blocks: not for event loops.
public final class GrowingBackup {
  private final Engine engine;
  private final Disk target;
  private final long fromLsn;

  /// - `fromLsn`: where the history begins that belongs to it.
  GrowingBackup(Engine engine, Disk target, long fromLsn) {
    this.engine = engine;
    this.target = target;
    this.fromLsn = fromLsn;
  }

  /// Makes it the store as it is at some moment of the call, and ends it. Where no history is kept
  /// that takes another checkpoint.
  ///
  /// - throws [IOException] or [io.karst.base.Fault.ReadOnly] if that fails; [#abandon] it then.
  public void seal() throws IOException {
    Log log = engine.log();
    if (log.keeps()) {
      log.copyTo(target.directory(DataDirectory.HISTORY), fromLsn, log.complete());
      DataDirectory.writeVersion(target);
      target.sync();
    } else {
      target.clear();
      engine.checkpoints().backup(target);
    }
    engine.checkpoints().unpin();
  }

  /// Ends it, and deletes what there is of it, or of it when it was sealed.
  public void abandon() throws IOException {
    engine.checkpoints().unpin();
    target.clear();
  }
}
