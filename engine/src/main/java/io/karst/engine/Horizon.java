package io.karst.engine;

import io.karst.history.Log;
import io.karst.keyspace.SlotLsns;

/// Up to where the history tells what one transaction has seen and done: what has to be safe before
/// anybody may be told. Thread: its transaction's.
final class Horizon {
  private final Log log;
  private final boolean logged;
  private final SlotLsns lsns;
  private final SlotLocks locks;

  /// Whether its changes are to be seen by nobody before they are on disk.
  private boolean holds;

  /// Whether it has looked at more than the slots it has locked.
  private boolean roams;

  private long written;
  private long seen;
  private long held;

  Horizon(Log log, SlotLsns lsns, SlotLocks locks) {
    this.log = log;
    this.logged = log.keeps();
    this.lsns = lsns;
    this.locks = locks;
  }

  /// A new transaction.
  void begin() {
    holds = false;
    roams = false;
    written = 0;
  }

  void holds(boolean on) {
    holds = on;
  }

  void roams() {
    roams = true;
  }

  /// The transaction, or a part of it, ends; it still has its locks.
  ///
  /// - `lsn`: the end of the frame it has written, 0 if it has changed nothing.
  void end(long lsn) {
    if (!logged) {
      return;
    }
    if (lsn != 0) {
      written = lsn;
      locks.wrote(lsns, lsn, holds);
    }
    if (roams) {
      seen = log.tail();
      held = lsns.lastHeld();
    } else {
      seen = locks.seen(lsns, log.tail());
      held = locks.seenHeld(lsns);
    }
  }

  long written() {
    return written;
  }

  long seen() {
    return seen;
  }

  long held() {
    return held;
  }
}
