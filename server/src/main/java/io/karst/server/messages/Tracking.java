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
/// Thread-safe; its locks are the last of all, and nothing is called under them.
public final class Tracking {
  private static final int PARTS = 64;

  /// Those who have read some keys.
  private static final class Part {
    private final Map<Bytes, List<Tracker>> readers = new HashMap<>();
  }

  private final Part[] parts = new Part[PARTS];
  private final Observers observers;
  private final LongFunction<@Nullable Subscriber> connections;
  private final Set<Tracker> trackers = ConcurrentHashMap.newKeySet();
  private final AtomicInteger keys = new AtomicInteger();
  private final AtomicInteger items = new AtomicInteger();
  private volatile int keysMax;
  private volatile Map<Bytes, List<Tracker>> prefixes = Map.of();

  /// - `connections`: finds one that is open, by its number.
  public Tracking(Observers observers, LongFunction<@Nullable Subscriber> connections) {
    this.observers = observers;
    this.connections = connections;
    for (int i = 0; i < PARTS; i++) {
      parts[i] = new Part();
    }
  }

  /// Remembers at most so many keys; 0: any number.
  public void keysMax(int newMax) {
    keysMax = newMax;
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
    return items.get();
  }

  /// How many beginnings of keys somebody wants to know of.
  public int prefixes() {
    return prefixes.size();
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
          .forEach(prefix -> listen(prefix, before));
      return before;
    }
    Tracker fresh = new Tracker(this, client, subscriber, mode, to);
    trackers.add(fresh);
    observers.changes(1);
    mode.prefixes().forEach(prefix -> listen(prefix, fresh));
    return fresh;
  }

  void closed(Tracker gone) {
    gone.mode().prefixes().forEach(prefix -> listenNoMore(prefix, gone));
    if (trackers.remove(gone)) {
      observers.changes(-1);
    }
  }

  private synchronized void listen(Bytes prefix, Tracker tracker) {
    Map<Bytes, List<Tracker>> changed = new HashMap<>(prefixes);
    List<Tracker> there = new ArrayList<>(changed.getOrDefault(prefix, List.of()));
    there.add(tracker);
    changed.put(prefix, there);
    prefixes = changed;
  }

  private synchronized void listenNoMore(Bytes prefix, Tracker tracker) {
    Map<Bytes, List<Tracker>> changed = new HashMap<>(prefixes);
    List<Tracker> there = new ArrayList<>(changed.getOrDefault(prefix, List.of()));
    there.remove(tracker);
    if (there.isEmpty()) {
      changed.remove(prefix);
    } else {
      changed.put(prefix, there);
    }
    prefixes = changed;
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
      readers.removeIf(reader -> reader.address() == null && items.decrementAndGet() >= 0);
      readers.add(tracker);
      items.incrementAndGet();
    }
    int max = keysMax;
    while (max > 0 && keys.get() > max && forgetOne(part, key)) {
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
          forgotten(readers);
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

  private void forgotten(List<Tracker> readers) {
    keys.decrementAndGet();
    items.addAndGet(-readers.size());
  }

  // ---- what changes ----

  /// Whether anybody is to be told that a key has changed.
  boolean concerns(Bytes key) {
    for (Bytes prefix : prefixes.keySet()) {
      if (begins(key, prefix)) {
        return true;
      }
    }
    Part part = part(key);
    synchronized (part) {
      return part.readers.containsKey(key);
    }
  }

  void changed(Bytes key, long client, long seenLsn, long heldLsn) {
    Reply told = Reply.array(Reply.bulk(key));
    Part part = part(key);
    List<Tracker> readers;
    synchronized (part) {
      readers = part.readers.remove(key);
      if (readers != null) {
        forgotten(readers);
      }
    }
    if (readers != null) {
      tell(readers, client, told, seenLsn, heldLsn);
    }
    prefixes.forEach((prefix, listeners) -> {
      if (begins(key, prefix)) {
        tell(listeners, client, told, seenLsn, heldLsn);
      }
    });
  }

  private static boolean begins(Bytes key, Bytes prefix) {
    int mismatch = key.mismatch(prefix);
    return prefix.length() <= key.length() && (mismatch < 0 || mismatch >= prefix.length());
  }

  private void tell(List<Tracker> all, long client, Reply told, long seenLsn, long heldLsn) {
    for (Tracker each : all) {
      if (!(each.mode().noLoop() && each.client() == client)) {
        tell(each, told, seenLsn, heldLsn);
      }
    }
  }

  /// Every key has changed.
  void changedAll(long seenLsn, long heldLsn) {
    for (Part part : parts) {
      synchronized (part) {
        part.readers.values().forEach(this::forgotten);
        part.readers.clear();
      }
    }
    trackers.forEach(each -> tell(each, Reply.NIL, seenLsn, heldLsn));
  }

  private void tell(Tracker tracker, Reply told, long seenLsn, long heldLsn) {
    Subscription address = tracker.address();
    if (address == null) {
      return;
    }
    long redirect = tracker.mode().redirect();
    if (redirect != 0 && connections.apply(redirect) == null) {
      if (tracker.breaks()) {
        Subscription own = new Subscription(Bytes.EMPTY, tracker.subscriber(), null);
        send(own, Invalidation.broken(redirect), seenLsn, heldLsn);
      }
      return;
    }
    send(address, Invalidation.of(told, redirect != 0), seenLsn, heldLsn);
  }

  private static void send(Subscription to, Message message, long seenLsn, long heldLsn) {
    Group group = to.group(0);
    group.outbox().post(new Post(group, message, Invalidation.SIZE, null, seenLsn, heldLsn));
  }

  private Part part(Bytes key) {
    return parts[(key.hashCode() & Integer.MAX_VALUE) % PARTS];
  }
}
