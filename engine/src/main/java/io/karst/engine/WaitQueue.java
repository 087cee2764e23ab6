package io.karst.engine;

import io.karst.keyspace.Key;
import org.jspecify.annotations.Nullable;

/// Those who wait for one key, in the order they came.
///
/// An entry that is taken out still leads to those behind it: entries are only added under the lock
/// of the key's slot, so whoever holds that goes through the queue while others leave it, and
/// misses nobody. Threads: entries are under the lock of their part of [Waiters].
final class WaitQueue {
  /// A waiter's place.
  static final class Entry {
    final WaitQueue queue;
    final Waiter waiter;
    private @Nullable Entry previous;
    private @Nullable Entry next;

    private Entry(WaitQueue queue, Waiter waiter) {
      this.queue = queue;
      this.waiter = waiter;
    }
  }

  final int database;

  /// Its bytes last, and its hash is known.
  final Key key;

  private @Nullable Entry first;
  private @Nullable Entry last;

  /// How many want to know when the key has been deleted.
  private int whenGone;

  WaitQueue(int database, Key key) {
    this.database = database;
    this.key = key;
  }

  Entry add(Waiter waiter) {
    Entry entry = new Entry(this, waiter);
    entry.previous = last;
    if (last == null) {
      first = entry;
    } else {
      last.next = entry;
    }
    last = entry;
    whenGone += waiter.whenGone() ? 1 : 0;
    return entry;
  }

  void remove(Entry entry) {
    Entry before = entry.previous;
    Entry after = entry.next;
    if (before == null) {
      first = after;
    } else {
      before.next = after;
    }
    if (after == null) {
      last = before;
    } else {
      after.previous = before;
    }
    whenGone -= entry.waiter.whenGone() ? 1 : 0;
  }

  @Nullable Entry first() {
    return first;
  }

  @Nullable Entry after(Entry entry) {
    return entry.next;
  }

  boolean isEmpty() {
    return first == null;
  }

  boolean anyWhenGone() {
    return whenGone > 0;
  }
}
