package io.karst.engine;

import io.karst.keyspace.Key;
import java.util.LinkedHashSet;

/// Those who wait for what a transaction has changed, in the order of the changes.
///
/// Thread: its transaction's.
final class ReadyQueues {
  private final Waiters waiters;
  private final LinkedHashSet<WaitQueue> queues = new LinkedHashSet<>();

  /// Whether there are any: what every command asks.
  private boolean any;

  ReadyQueues(Waiters waiters) {
    this.waiters = waiters;
  }

  /// Notes that a key has changed, come or gone. Under its slot's lock.
  void changed(int database, Key key) {
    if (waiters.any(key.slot())) {
      find(database, key);
    }
  }

  private void find(int database, Key key) {
    WaitQueue queue = waiters.find(database, key);
    if (queue != null) {
      add(queue);
    }
  }

  /// Notes that any key of a database may have come or gone. Under all locks.
  void changedAll(int database) {
    waiters.forEach(database, this::add);
  }

  /// Notes that a queue has to be looked at.
  void add(WaitQueue queue) {
    queues.add(queue);
    any = true;
  }

  boolean contains(WaitQueue queue) {
    return any && queues.contains(queue);
  }

  boolean isEmpty() {
    return !any;
  }

  WaitQueue take() {
    WaitQueue first = queues.removeFirst();
    any = !queues.isEmpty();
    return first;
  }

  void clear() {
    queues.clear();
    any = false;
  }
}
