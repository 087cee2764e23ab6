package io.karst.engine;

import io.karst.keyspace.Key;

/// The part of a [Tx] that finds its keys as it goes along: takes the locks of those that nobody
/// has named before, in the middle of the transaction.
///
/// A lock that is free may be taken at any time. One that is not is waited for only by who holds
/// the *turn*, which has to be had before the first lock, or be free: of two that wait for each
/// other's locks neither would ever go on. Whoever cannot go on takes back what it has done, and
/// begins again with more locks.
///
/// Thread: its transaction's.
public final class Reach {
  private final SlotLocks locks;
  private final Records records;

  Reach(SlotLocks locks, Records records) {
    this.locks = locks;
    this.records = records;
  }

  /// Lets the transaction hear, from now on to its end, that a lock it would wait for is held for
  /// long: [HeldLongException]. Before it takes any.
  public void impatient() {
    locks.impatient();
  }

  /// Tells others that the transaction takes long.
  public void heldLong() {
    locks.heldLong();
  }

  /// Takes the turn, waiting for it: not for event loops. Before any lock.
  public void takeTurn() {
    locks.takeTurn();
  }

  /// Takes the turn if it is free; whether it is held.
  public boolean tryTurn() {
    return locks.tryTurn();
  }

  /// Whether any lock may be waited for.
  public boolean holdsTurn() {
    return locks.holdsTurn();
  }

  public boolean holdsAll() {
    return locks.holdsAll();
  }

  /// Whether a slot is locked.
  public boolean holds(int slot) {
    return locks.holds(slot);
  }

  /// Takes one more lock if it is free within a moment; whether it is held.
  public boolean tryLock(int slot) {
    return locks.extend(slot);
  }

  /// Takes one more lock, waiting for it: not for event loops. With the turn.
  ///
  /// - throws [HeldLongException] if it is held for long, and the transaction can be taken back.
  public void lock(int slot) {
    locks.extendWaiting(slot, !records.undo().active());
  }

  /// Takes all locks that it has not, waiting for them: not for event loops. With the turn.
  public void lockAll() {
    if (!locks.holdsAll()) {
      locks.lockAll();
    }
  }

  /// Whether a key of a slot that is locked has to be read from disk when it is asked for, which is
  /// not for event loops.
  public boolean missing(int database, Key key) {
    return records.cold().missing(database, key);
  }
}
