package io.karst.engine;

import io.karst.keyspace.Key;
import io.karst.memory.Record;
import java.util.ArrayList;
import java.util.List;

/// The keys one client watches (`WATCH`), and whether any of them has changed since.
///
/// Thread: its client's, but for [Watches], which marks it and takes it out.
public final class Watcher {
  /// A key that is watched.
  ///
  /// - `expiryMillis`: when it expires, [Record#NO_EXPIRY], or [Record#ABSENT] if there was no such
  ///   key.
  record Watch(Watcher watcher, int database, Key key, long expiryMillis) {
    /// Whether there was such a key.
    boolean existed() {
      return expiryMillis != Record.ABSENT;
    }

    boolean isOf(int otherDatabase, Key other) {
      return database == otherDatabase && key.bytes().equals(other.bytes());
    }
  }

  /// Guarded by `this`.
  private final List<Watch> watches = new ArrayList<>();

  /// Guarded by `this`: nobody is there any more.
  private boolean closed;

  private volatile boolean touched;

  /// The number of keys it watches.
  public synchronized int count() {
    return watches.size();
  }

  /// Whether one of them has changed, as far as is known without a look at the clock.
  public boolean touched() {
    return touched;
  }

  void touch() {
    touched = true;
  }

  void untouch() {
    touched = false;
  }

  /// Adds the slots of its keys.
  public synchronized void addSlots(SlotSet slots) {
    for (int i = 0; i < watches.size(); i++) {
      slots.add(watches.get(i).key().slot());
    }
  }

  synchronized List<Watch> all() {
    return List.copyOf(watches);
  }

  /// Under `this`.
  List<Watch> watches() {
    return watches;
  }

  /// Under `this`.
  boolean watches(int database, Key key) {
    for (int i = 0; i < watches.size(); i++) {
      if (watches.get(i).isOf(database, key)) {
        return true;
      }
    }
    return false;
  }

  synchronized void close() {
    closed = true;
  }

  /// Under `this`.
  boolean closed() {
    return closed;
  }
}
