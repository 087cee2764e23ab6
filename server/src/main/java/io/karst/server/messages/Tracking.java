package io.karst.server.messages;

import io.karst.base.Bytes;
import io.karst.commands.Reply;
import io.karst.engine.Observers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/// Who has read which keys and wants to know when they change, and who wants to know of all keys
/// that begin in some way: what clients need that keep values for themselves.
///
/// *How it works.* Whoever reads a key is entered under the lock of its slot, so whoever changes it
/// later finds him, and tells him when the change is in the history: once, for he has to read it
/// again. The databases are not told apart. Of a table that grows beyond its limit some keys are
/// taken out, and those who have read them are told as if they had changed.
///
/// *Order.* A reply that tells what was read leaves before the message that it is out of date.
///
/// Thread-safe; its locks are the last of all, and nothing is called under them but an [Outbox].
public final class Tracking {
  private static final int PARTS = 64;

  /// Those who have read some keys.
  private static final class Part {
    private Map<Bytes, List<Tracker>> readers = new HashMap<>();

    /// All of them, each counted for each key.
    private int items;
  }

  private final Part[] parts = new Part[PARTS];
  private final Observers observers;
  private final LongFunction<@Nullable Subscriber> connections;
  private final Set<Tracker> trackers = ConcurrentHashMap.newKeySet();
  private final AtomicInteger keys = new AtomicInteger();
  private volatile int keysMax;
  private final Broadcasts broadcasts = new Broadcasts();

  /// - `connections`: finds one that is open, by its number.
  public Tracking(Observers observers, LongFunction<@Nullable Subscriber> connections) {
    this.observers = observers;
    this.connections = connections;
    for (int i = 0; i < PARTS; i++) {
      parts[i] = new Part();
    }
  }

  /// Remembers at most so many keys, from now on; 0: any number.
  public void keysMax(int newMax) {
    keysMax = newMax;
    forgetBeyondMax(parts[0], Bytes.EMPTY);
  }

  /// How many clients want to be told.
  public int clients() {
    return trackers.size();
  }

  /// How many keys somebody has read.
  public int keys() {
    return keys.get();
  }

  /// How many have read them, each counted for each key.
  public int items() {
    int items = 0;
    for (Part part : parts) {
      synchronized (part) {
        items += part.items;
      }
    }
    return items;
  }

  /// How many beginnings of keys somebody wants to know of.
  public int prefixes() {
    return broadcasts.count();
  }

  /// Begins to tell a client, or does so in another way.
  ///
  /// - `before`: null if it is not told yet.
  /// - returns: null if there is no connection to redirect to.
  public @Nullable Tracker open(
      long client, Subscriber subscriber, TrackingMode mode, @Nullable Tracker before) {
    Subscriber to = mode.redirect() == 0 ? subscriber : connections.apply(mode.redirect());
    if (to == null) {
      return null;
    }
    if (before != null) {
      List<Bytes> already = before.mode().prefixes();
      before.mode(mode, to);
      mode.prefixes().stream()
          .filter(prefix -> !already.contains(prefix))
          .forEach(prefix -> broadcasts.add(prefix, before));
      return before;
    }
    Tracker fresh = new Tracker(this, client, subscriber, mode, to);
    trackers.add(fresh);
    observers.changes(1);
    mode.prefixes().forEach(prefix -> broadcasts.add(prefix, fresh));
    return fresh;
  }

  void closed(Tracker gone) {
    gone.mode().prefixes().forEach(prefix -> broadcasts.remove(prefix, gone));
    if (trackers.remove(gone)) {
      observers.changes(-1);
      if (trackers.isEmpty()) {
        forgetAll();
      }
    }
  }

  /// Forgets what those have read who are all gone, as nobody notes any more what changes. Whoever
  /// comes meanwhile is among the trackers before he reads anything.
  private void forgetAll() {
    for (Part part : parts) {
      synchronized (part) {
        if (trackers.isEmpty()) {
          keys.addAndGet(-part.readers.size());
          part.readers = new HashMap<>();
          part.items = 0;
        }
      }
    }
  }

  // ---- what is read ----

  void remember(Tracker tracker, Bytes key) {
    Part part = part(key);
    synchronized (part) {
      List<Tracker> readers = part.readers.get(key);
      if (readers == null) {
        readers = new ArrayList<>(1);
        part.readers.put(key.copy(), readers);
        keys.incrementAndGet();
      }
      if (readers.contains(tracker)) {
        return;
      }
      part.items -= readers.size();
      readers.removeIf(reader -> reader.address() == null);
      readers.add(tracker);
      part.items += readers.size();
    }
    forgetBeyondMax(part, key);
  }

  private void forgetBeyondMax(Part part, Bytes read) {
    int max = keysMax;
    while (max > 0 && keys.get() > max && forgetOne(part, read)) {
      // One more is forgotten.
    }
  }

  /// Forgets another key than `read`, of the same part if there is one; whether it did.
  private boolean forgetOne(Part part, Bytes read) {
    if (forgetOneOf(part, read)) {
      return true;
    }
    for (Part other : parts) {
      if (forgetOneOf(other, read)) {
        return true;
      }
    }
    return false;
  }

  private boolean forgetOneOf(Part part, Bytes read) {
    Bytes key = null;
    List<Tracker> readers = List.of();
    synchronized (part) {
      Iterator<Map.Entry<Bytes, List<Tracker>>> all = part.readers.entrySet().iterator();
      while (all.hasNext() && key == null) {
        Map.Entry<Bytes, List<Tracker>> next = all.next();
        if (!next.getKey().equals(read)) {
          key = next.getKey();
          readers = next.getValue();
          all.remove();
          forgotten(part, readers);
        }
      }
    }
    if (key == null) {
      return false;
    }
    Reply told = Reply.array(Reply.bulk(key));
    readers.forEach(reader -> tell(reader, told, 0, 0));
    return true;
  }

  private void forgotten(Part part, List<Tracker> readers) {
    keys.decrementAndGet();
    part.items -= readers.size();
  }

  // ---- what changes ----

  /// Whether anybody is to be told that a key has changed.
  boolean concerns(Bytes key) {
    if (broadcasts.concerns(key)) {
      return true;
    }
    Part part = part(key);
    synchronized (part) {
      return part.readers.containsKey(key);
    }
  }

  void changed(Bytes key, long client, long seenLsn, long heldLsn) {
    Part part = part(key);
    List<Tracker> readers;
    synchronized (part) {
      readers = part.readers.remove(key);
      if (readers != null) {
        forgotten(part, readers);
      }
    }
    if (readers != null) {
      Reply told = Reply.array(Reply.bulk(key));
      for (Tracker each : readers) {
        if (!each.ignores(client)) {
          tell(each, told, seenLsn, heldLsn);
        }
      }
    }
    broadcasts.changed(key, client, seenLsn, heldLsn);
  }

  /// Tells everybody that any key may have changed.
  public void everythingChanged() {
    changedAll(0, 0);
  }

  /// Every key has changed.
  void changedAll(long seenLsn, long heldLsn) {
    for (Part part : parts) {
      synchronized (part) {
        keys.addAndGet(-part.readers.size());
        part.readers.clear();
        part.items = 0;
      }
    }
    trackers.forEach(each -> tell(each, Reply.NIL, seenLsn, heldLsn));
  }

  private static void tell(Tracker tracker, Reply told, long seenLsn, long heldLsn) {
    Subscription to = tracker.destination(seenLsn, heldLsn);
    if (to != null) {
      boolean redirected = tracker.mode().redirect() != 0;
      send(to, Invalidation.of(told, redirected), seenLsn, heldLsn);
    }
  }

  /// Whether a connection is open.
  boolean isThere(long client) {
    return connections.apply(client) != null;
  }

  static void send(Subscription to, Message message, long seenLsn, long heldLsn) {
    Group group = to.group(0);
    group.outbox().post(new Post(group, message, Invalidation.SIZE, null, seenLsn, heldLsn));
  }

  private Part part(Bytes key) {
    return parts[(key.hashCode() & Integer.MAX_VALUE) % PARTS];
  }
}
