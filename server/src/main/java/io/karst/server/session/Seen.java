package io.karst.server.session;

import io.karst.engine.Tx;

/// How far the log has to be before some replies leave: they tell of changes up to there.
///
/// Thread: its owner's, an event loop or the thread of a task.
public final class Seen {
  private long complete;
  private long durable;

  public void clear() {
    complete = 0;
    durable = 0;
  }

  /// Takes in what a transaction that has ended was told and has done, for a reader of this level.
  ///
  /// What somebody wrote who wants it on disk before he is told is on disk before anybody is.
  void add(Tx tx, Durability level) {
    add(tx.seenLsn(), tx.heldLsn(), level);
  }

  /// As [#add(Tx, Durability)], of a transaction that has seen and held so much.
  public void add(long seenLsn, long heldLsn, Durability level) {
    durable = Math.max(durable, heldLsn);
    switch (level) {
      case NONE -> {}
      case LOCAL -> complete = Math.max(complete, seenLsn);
      case FSYNC -> durable = Math.max(durable, seenLsn);
    }
  }

  /// Makes it what it is for other replies.
  public void set(long newComplete, long newDurable) {
    complete = newComplete;
    durable = newDurable;
  }

  /// Takes in what others have seen.
  void add(Seen others) {
    complete = Math.max(complete, others.complete);
    durable = Math.max(durable, others.durable);
  }

  /// What [io.karst.history.Log#complete] has to have reached.
  public long complete() {
    return complete;
  }

  /// What [io.karst.history.Log#durable] has to have reached.
  public long durable() {
    return durable;
  }
}
