package io.karst.server.messages;

import io.karst.base.Bytes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Who wants to know of all keys that begin in some way. Thread-safe; to look takes no lock.
final class Broadcasts {
  /// One who does, of one beginning.
  private static final class Listener {
    private final Tracker tracker;

    /// The latest keys he is told of; others may join them.
    private @Nullable Gathering latest;

    Listener(Tracker tracker) {
      this.tracker = tracker;
    }

    private synchronized void tell(
        Subscription to, boolean redirected, Bytes key, long seenLsn, long heldLsn) {
      Gathering present = latest;
      if (present == null || !present.add(to, key, seenLsn, heldLsn)) {
        Gathering fresh = new Gathering(to, redirected, key, seenLsn, heldLsn);
        latest = fresh;
        to.subscriber().outbox().post(fresh);
      }
    }
  }

  private volatile Map<Bytes, List<Listener>> byPrefix = Map.of();

  /// How many beginnings there are.
  int count() {
    return byPrefix.size();
  }

  synchronized void add(Bytes prefix, Tracker tracker) {
    Map<Bytes, List<Listener>> changed = new HashMap<>(byPrefix);
    List<Listener> there = new ArrayList<>(changed.getOrDefault(prefix, List.of()));
    there.add(new Listener(tracker));
    changed.put(prefix, there);
    byPrefix = changed;
  }

  @SuppressWarnings("ReferenceEquality") // A tracker is no value.
  synchronized void remove(Bytes prefix, Tracker tracker) {
    Map<Bytes, List<Listener>> changed = new HashMap<>(byPrefix);
    List<Listener> there = new ArrayList<>(changed.getOrDefault(prefix, List.of()));
    there.removeIf(listener -> listener.tracker == tracker);
    if (there.isEmpty()) {
      changed.remove(prefix);
    } else {
      changed.put(prefix, there);
    }
    byPrefix = changed;
  }

  /// Whether anybody is to be told that a key has changed.
  boolean concerns(Bytes key) {
    for (Bytes prefix : byPrefix.keySet()) {
      if (begins(key, prefix)) {
        return true;
      }
    }
    return false;
  }

  /// Tells them that a key has changed.
  ///
  /// - `key`: kept.
  /// - `client`: who has changed it.
  void changed(Bytes key, long client, long seenLsn, long heldLsn) {
    byPrefix.forEach((prefix, listeners) -> {
      if (begins(key, prefix)) {
        for (Listener each : listeners) {
          tell(each, key, client, seenLsn, heldLsn);
        }
      }
    });
  }

  private static void tell(Listener listener, Bytes key, long client, long seenLsn, long heldLsn) {
    Tracker tracker = listener.tracker;
    Subscription to = tracker.ignores(client) ? null : tracker.destination(seenLsn, heldLsn);
    if (to != null) {
      listener.tell(to, tracker.mode().redirect() != 0, key, seenLsn, heldLsn);
    }
  }

  private static boolean begins(Bytes key, Bytes prefix) {
    int mismatch = key.mismatch(prefix);
    return prefix.length() <= key.length() && (mismatch < 0 || mismatch >= prefix.length());
  }
}
