package io.karst.engine;

import io.karst.base.Invariant;
import io.karst.base.Limits;
import io.karst.keyspace.Keyspace;
import io.karst.keyspace.LongHolds;
import io.karst.keyspace.SlotLock;
import io.karst.keyspace.SlotLsns;
import org.jspecify.annotations.Nullable;

/// The locks a transaction holds: those of its [SlotSet], or all.
///
/// *Why there is no deadlock.* Whoever waits for a lock holds others for a moment at most: if one
/// is not free by then, those taken before it are let go, and it is waited for first. There are two
/// exceptions, who take locks while they hold others and wait for them: who locks everything, and
/// who needs one more lock in the middle of what cannot be taken back ([#extendWaiting]). Both hold
/// the *turn*, of which there is one, so that there is at most one of them; everybody else lets go
/// in the end.
final class SlotLocks {
  private static final int NOTHING = -1;

  /// How long one lock of several is waited for with those before it in hand: in turn, as others
  /// wait for it. Whoever begins anew each time comes too late where many want the same.
  private static final long HOLDING_NANOS = 1_000_000;

  /// How long an impatient one waits before it looks who holds the lock.
  private static final long PATIENCE_NANOS = 20_000_000;

  private enum Held {
    NONE,
    SET,
    ALL
  }

  private final Keyspace keyspace;
  final SlotSet slots = new SlotSet();
  private Held held = Held.NONE;
  private boolean turn;

  /// Whether it does not wait for locks that are held for long.
  private boolean impatient;

  /// What is known of this transaction, if it has said that it takes long.
  private LongHolds.@Nullable Hold hold;

  SlotLocks(Keyspace keyspace) {
    this.keyspace = keyspace;
  }

  boolean holdsNone() {
    return held == Held.NONE;
  }

  boolean holds(int slot) {
    return held == Held.ALL || (held == Held.SET && slots.contains(slot));
  }

  boolean holdsAll() {
    return held == Held.ALL;
  }

  /// Takes the locks of the set, or none if one of them is not free within a short spin.
  boolean tryLock() {
    int size = slots.size();
    for (int i = 0; i < size; i++) {
      if (!keyspace.lock(slots.at(i)).tryLock()) {
        unlockFirst(i);
        return false;
      }
    }
    held = size == 0 ? Held.NONE : Held.SET;
    return true;
  }

  /// A new transaction.
  void begin() {
    slots.clear();
    impatient = false;
  }

  /// See [Tx#impatient].
  void impatient() {
    impatient = true;
  }

  /// Takes the locks of the set, waiting as long as that takes.
  ///
  /// - throws [HeldLongException] if it is impatient; none is held then.
  void lock() {
    int size = slots.size();
    int ahead = NOTHING; // The index of a lock that was waited for, and is held.
    int i = 0;
    while (i < size) {
      SlotLock lock = keyspace.lock(slots.at(i));
      if (i == ahead || lock.tryOnce() || lock.tryLock(HOLDING_NANOS)) {
        i++;
      } else {
        unlockFirst(i);
        if (ahead > i) {
          keyspace.lock(slots.at(ahead)).unlock();
        }
        awaitSlot(slots.at(i));
        ahead = i;
        i = 0;
      }
    }
    held = size == 0 ? Held.NONE : Held.SET;
  }

  private void awaitSlot(int slot) {
    SlotLock lock = keyspace.lock(slot);
    if (!impatient) {
      lock.lock();
      return;
    }
    do {
      if (keyspace.longHolds().has(slot)) {
        letGoOfTurn();
        throw new HeldLongException();
      }
    } while (!lock.tryLock(PATIENCE_NANOS));
  }

  /// Takes the turn, waiting for it. Before any lock.
  void takeTurn() {
    Invariant.check(held == Held.NONE, "the turn is waited for with a lock in hand");
    while (!turn) {
      if (impatient && keyspace.longHolds().hasTurn()) {
        throw new HeldLongException();
      }
      turn = impatient ? keyspace.turn().tryLock(PATIENCE_NANOS) : lockTurn();
    }
  }

  private boolean lockTurn() {
    keyspace.turn().lock();
    return true;
  }

  /// Takes the turn if it is free; whether it is held.
  boolean tryTurn() {
    turn = turn || keyspace.turn().tryOnce();
    return turn;
  }

  boolean holdsTurn() {
    return turn;
  }

  private void letGoOfTurn() {
    if (turn) {
      turn = false;
      keyspace.turn().unlock();
    }
  }

  /// Takes one more lock, in any order, waiting for it. With the turn.
  ///
  /// - `patient`: whatever was said before, as there is no way back.
  void extendWaiting(int slot, boolean patient) {
    Invariant.check(turn, "a lock is waited for out of order, without the turn");
    if (holds(slot)) {
      return;
    }
    SlotLock lock = keyspace.lock(slot);
    while (!lock.tryLock(PATIENCE_NANOS)) {
      if (impatient && !patient && keyspace.longHolds().has(slot)) {
        throw new HeldLongException();
      }
    }
    extended(slot);
  }

  private void extended(int slot) {
    if (held == Held.NONE) {
      slots.clear();
    }
    slots.add(slot);
    held = Held.SET;
    tellHold();
  }

  /// Says that what is held is held for long, from now on.
  void heldLong() {
    if (hold == null) {
      LongHolds.Hold fresh = new LongHolds.Hold();
      hold = fresh;
      tellHold();
      keyspace.longHolds().add(fresh);
    }
  }

  private void tellHold() {
    LongHolds.Hold told = hold;
    if (told != null) {
      told.holds(held == Held.ALL ? null : held == Held.SET ? slots.toArray() : new int[0], turn);
    }
  }

  /// Takes one more lock, if it is free within a short spin; whether it is held. As it is not
  /// waited for, it may come in any order.
  boolean extend(int slot) {
    if (holds(slot)) {
      return true;
    }
    if (!keyspace.lock(slot).tryLock()) {
      return false;
    }
    extended(slot);
    return true;
  }

  /// Takes all locks, with the turn, besides those that are held.
  ///
  /// - throws [HeldLongException] if it is impatient and holds none; none is held then.
  void lockAll() {
    boolean some = held == Held.SET;
    if (!some) {
      takeTurn();
    }
    Invariant.check(turn, "everything is locked without the turn");
    if (impatient && !some && keyspace.longHolds().hasAny()) {
      letGoOfTurn();
      throw new HeldLongException();
    }
    for (int slot = 0; slot < Limits.SLOTS; slot++) {
      if (!some || !slots.contains(slot)) {
        lockOfAll(slot, !some);
      }
    }
    held = Held.ALL;
    tellHold();
  }

  private void lockOfAll(int slot, boolean mayGiveUp) {
    SlotLock lock = keyspace.lock(slot);
    if (!impatient || !mayGiveUp) {
      lock.lock();
      return;
    }
    while (!lock.tryLock(PATIENCE_NANOS)) {
      if (keyspace.longHolds().has(slot)) {
        for (int taken = 0; taken < slot; taken++) {
          keyspace.lock(taken).unlock();
        }
        letGoOfTurn();
        throw new HeldLongException();
      }
    }
  }

  void unlock() {
    LongHolds.Hold told = hold;
    if (told != null) {
      keyspace.longHolds().remove(told);
      hold = null;
    }
    if (held == Held.SET) {
      unlockFirst(slots.size());
    } else if (held == Held.ALL) {
      for (int slot = 0; slot < Limits.SLOTS; slot++) {
        keyspace.lock(slot).unlock();
      }
    }
    held = Held.NONE;
    letGoOfTurn();
  }

  /// What the holder of the locks has seen, as [SlotLsns] has it.
  long seen(SlotLsns lsns, long tail) {
    if (held == Held.ALL) {
      return tail;
    }
    long seen = 0;
    for (int i = 0, size = slots.size(); i < size; i++) {
      seen = Math.max(seen, lsns.written(slots.at(i)));
    }
    return seen;
  }

  /// What of it nobody may tell before it is on disk.
  long seenHeld(SlotLsns lsns) {
    if (held == Held.ALL) {
      return lsns.lastHeld();
    }
    long seen = 0;
    for (int i = 0, size = slots.size(); i < size; i++) {
      seen = Math.max(seen, lsns.held(slots.at(i)));
    }
    return seen;
  }

  /// Notes that the holder of the locks has written a frame that ends at `lsn`.
  void wrote(SlotLsns lsns, long lsn, boolean hold) {
    if (held == Held.ALL) {
      lsns.wroteAll(lsn, hold);
      return;
    }
    for (int i = 0, size = slots.size(); i < size; i++) {
      lsns.wrote(slots.at(i), lsn, hold);
    }
  }

  private void unlockFirst(int count) {
    for (int i = 0; i < count; i++) {
      keyspace.lock(slots.at(i)).unlock();
    }
  }
}
