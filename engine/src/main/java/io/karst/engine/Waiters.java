package io.karst.engine;

import io.karst.base.Bytes;
import io.karst.keyspace.Key;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Who waits for which key of a store.
///
/// A waiter is entered under the locks of the slots of all its keys, in the very transaction that
/// found nothing there: whoever changes one of them later takes that lock after it, and sees it. It
/// leaves without them, at any time.
///
/// *Cost.* Whoever changes a key reads one number while nobody waits, and a second one, of the
/// slot, while somebody does. A blocked command of a server, with its words, takes some 700 bytes.
///
/// Thread-safe; its locks come last in the lock order, and nothing is called under them.
public final class Waiters {
  private static final int PARTS = 64;

  private record Place(int database, Bytes key) {}

  /// The queues of some slots.
  private static final class Part {
    private final Map<Place, WaitQueue> queues = new HashMap<>();
  }

  private final Part[] parts = new Part[PARTS];
  private final AtomicInteger waiting = new AtomicInteger();
  private final AtomicInteger queueCount = new AtomicInteger();

  /// The places in queues.
  private final SlotCounts places = new SlotCounts();

  Waiters() {
    for (int i = 0; i < PARTS; i++) {
      parts[i] = new Part();
    }
  }

  /// How many wait.
  public int count() {
    return waiting.get();
  }

  /// How many keys somebody waits for.
  public int keys() {
    return queueCount.get();
  }

  /// Ends the waiting, unless it is over or somebody is about to serve the waiter; whether it did.
  /// Any thread; does not block.
  public boolean cancel(Waiter waiter) {
    if (!waiter.cancel()) {
      return false;
    }
    remove(waiter);
    return true;
  }

  /// Takes a waiter to have it served by [Waits#again]; nobody behind it is served meanwhile. False
  /// if its waiting is over, or somebody is about to serve it. Any thread; does not block.
  public boolean take(Waiter waiter) {
    if (waiter.claim() != Waiter.Claim.CLAIMED) {
      return false;
    }
    waiter.hold();
    return true;
  }

  /// How many keys somebody waits for who is served, too, when they are deleted.
  public int keysWhenGone() {
    int count = 0;
    for (Part part : parts) {
      synchronized (part) {
        for (WaitQueue queue : part.queues.values()) {
          count += queue.anyWhenGone() ? 1 : 0;
        }
      }
    }
    return count;
  }

  /// Whether anybody waits for a key of a slot. Exact under the slot's lock but for those who are
  /// just leaving.
  boolean any(int slot) {
    return places.any(slot);
  }

  boolean none() {
    return places.none();
  }

  /// Enters a waiter. Under the locks of the slots of its keys, whose hashes are known.
  void add(Waiter waiter) {
    waiting.incrementAndGet();
    Key[] keys = waiter.keys();
    for (int i = 0; i < waiter.awaited(); i++) {
      Key key = keys[i];
      places.add(key.slot());
      Part part = part(key);
      synchronized (part) {
        Place place = new Place(waiter.database(), key.bytes());
        WaitQueue queue = part.queues.get(place);
        if (queue == null) {
          queue = new WaitQueue(waiter.database(), key);
          part.queues.put(place, queue);
          queueCount.incrementAndGet();
        }
        waiter.entries[i] = queue.add(waiter);
      }
    }
  }

  /// Takes out a waiter that waits no longer, once.
  void remove(Waiter waiter) {
    for (WaitQueue.Entry entry : waiter.entries) {
      WaitQueue queue = entry.queue;
      Part part = part(queue.key);
      synchronized (part) {
        queue.remove(entry);
        if (queue.isEmpty()) {
          part.queues.remove(new Place(queue.database, queue.key.bytes()));
          queueCount.decrementAndGet();
        }
      }
      places.remove(queue.key.slot());
    }
    waiting.decrementAndGet();
  }

  /// Those who wait for a key, or null.
  @Nullable WaitQueue find(int database, Key key) {
    Part part = part(key);
    synchronized (part) {
      return part.queues.get(new Place(database, key.bytes()));
    }
  }

  /// Shows the queues of all keys of a database. Under all slots' locks.
  void forEach(int database, Consumer<WaitQueue> visitor) {
    for (Part part : parts) {
      synchronized (part) {
        for (WaitQueue queue : part.queues.values()) {
          if (queue.database == database) {
            visitor.accept(queue);
          }
        }
      }
    }
  }

  WaitQueue.@Nullable Entry first(WaitQueue queue) {
    synchronized (part(queue.key)) {
      return queue.first();
    }
  }

  /// The entry behind one that may have been taken out since. Under the lock of the key's slot.
  WaitQueue.@Nullable Entry after(WaitQueue.Entry entry) {
    synchronized (part(entry.queue.key)) {
      return entry.queue.after(entry);
    }
  }

  boolean anyWhenGone(WaitQueue queue) {
    synchronized (part(queue.key)) {
      return queue.anyWhenGone();
    }
  }

  private Part part(Key key) {
    return parts[key.slot() % PARTS];
  }
}
