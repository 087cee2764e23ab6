package io.karst.server.session;

import io.karst.engine.Tx;
import io.karst.history.Log;
import org.jspecify.annotations.Nullable;

/// How far the log has to be before some replies leave: they tell of changes up to there.
///
/// Thread: its owner's, an event loop or the thread of a task.
public final class Seen {
  private long complete;
  private long durable;
  private long confirmation;
  private long reign;

  /// Proves that nobody else leads, for those who want the latest; null if they need not ask.
  private @Nullable Log proof;

  /// Nothing has been seen, by no member of a cluster.
  public void clear() {
    begin(0, null);
  }

  /// Nothing has been seen.
  ///
  /// - `standing`: of the server in its cluster; null without one.
  void begin(@Nullable Standing standing, Log log) {
    if (standing == null) {
      begin(0, null);
    } else {
      begin(standing.reign(), standing.leads() ? log : null);
    }
  }

  /// Nothing has been seen, in a reign, by somebody who does not ask for the latest.
  public void begin(long ofReign) {
    begin(ofReign, null);
  }

  private void begin(long ofReign, @Nullable Log proving) {
    complete = 0;
    durable = 0;
    confirmation = 0;
    reign = ofReign;
    proof = proving;
  }

  /// As the other, of which nothing has been seen.
  void beginAs(Seen other) {
    begin(other.reign, other.proof);
  }

  /// Takes in what a transaction that has ended was told and has done, for a reader of this level.
  ///
  /// What somebody wrote who wants it on disk before he is told is on disk before anybody is.
  ///
  /// - `looked`: whether it has looked at any key.
  void add(Tx tx, Durability level, boolean looked) {
    add(tx.seenLsn(), tx.heldLsn(), level);
    if (proof != null && level == Durability.QUORUM) {
      confirm(proof, tx.writtenLsn() != 0, looked);
    }
  }

  /// Whoever writes proves with that, as soon as a majority has it, that what he has read before
  /// was the latest.
  private void confirm(Log log, boolean wrote, boolean looked) {
    if (wrote) {
      confirmation = 0;
    } else if (looked) {
      confirmation = Math.max(confirmation, log.confirmation());
    }
  }

  /// As [#add(Tx, Durability, boolean)], of a transaction that has seen and held so much.
  public void add(long seenLsn, long heldLsn, Durability level) {
    durable = Math.max(durable, heldLsn);
    switch (level) {
      case NONE -> {}
      case LOCAL -> complete = Math.max(complete, seenLsn);
      case FSYNC, QUORUM -> durable = Math.max(durable, seenLsn);
    }
  }

  /// Makes it what it is for other replies.
  public void set(long newComplete, long newDurable, long newConfirmation, long newReign) {
    complete = newComplete;
    durable = newDurable;
    confirmation = newConfirmation;
    reign = newReign;
  }

  /// Takes in what others have seen, in the same reign.
  void add(Seen others) {
    complete = Math.max(complete, others.complete);
    durable = Math.max(durable, others.durable);
    confirmation = Math.max(confirmation, others.confirmation);
    reign = Math.min(reign, others.reign);
  }

  /// What [Log#complete] has to have reached.
  public long complete() {
    return complete;
  }

  /// What [Log#durable] has to have reached.
  public long durable() {
    return durable;
  }

  /// What [Log#confirmed] has to have reached.
  public long confirmation() {
    return confirmation;
  }

  /// Whether it tells anything of another reign than the current one, which is lost then.
  public boolean isLost(long current) {
    return reign != current && (complete | durable | confirmation) != 0;
  }

  /// In which reign it was seen: [Standing#reign].
  public long reign() {
    return reign;
  }
}
