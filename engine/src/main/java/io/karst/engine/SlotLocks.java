package io.karst.engine;

import io.karst.base.Limits;
import io.karst.keyspace.Keyspace;
import io.karst.keyspace.SlotLsns;

/// The locks a transaction holds: those of its [SlotSet], or all.
///
/// Locks are taken in ascending order, by everybody: that is why there is no deadlock.
final class SlotLocks {
  private enum Held {
    NONE,
    SET,
    ALL
  }

  private final Keyspace keyspace;
  final SlotSet slots = new SlotSet();
  private Held held = Held.NONE;

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

  /// Takes the locks of the set, waiting as long as that takes.
  void lock() {
    int size = slots.size();
    for (int i = 0; i < size; i++) {
      keyspace.lock(slots.at(i)).lock();
    }
    held = size == 0 ? Held.NONE : Held.SET;
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
    if (held == Held.NONE) {
      slots.clear();
    }
    slots.add(slot);
    held = Held.SET;
    return true;
  }

  void lockAll() {
    for (int slot = 0; slot < Limits.SLOTS; slot++) {
      keyspace.lock(slot).lock();
    }
    held = Held.ALL;
  }

  void unlock() {
    if (held == Held.SET) {
      unlockFirst(slots.size());
    } else if (held == Held.ALL) {
      for (int slot = 0; slot < Limits.SLOTS; slot++) {
        keyspace.lock(slot).unlock();
      }
    }
    held = Held.NONE;
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
