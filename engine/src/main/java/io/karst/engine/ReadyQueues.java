package io.karst.engine;

import io.karst.keyspace.Key;
import java.util.LinkedHashSet;
import java.util.function.Consumer;

/// Those who wait for what a transaction has changed, in the order of the changes.
///
/// Thread: its transaction's.
final class ReadyQueues {
  private final Waiters waiters;
  private final LinkedHashSet<WaitQueue> queues = new LinkedHashSet<>();

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
      queues.add(queue);
    }
  }

  /// Notes that any key of a database may have come or gone. Under all locks.
  void changedAll(int database) {
    Consumer<WaitQueue> add = queues::add;
    waiters.forEach(database, add);
  }

  /// Notes that a queue has to be looked at.
  void add(WaitQueue queue) {
    queues.add(queue);
  }

  boolean isEmpty() {
    return queues.isEmpty();
  }

  WaitQueue take() {
    return queues.removeFirst();
  }

  void clear() {
    queues.clear();
  }
}
