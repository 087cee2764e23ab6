package io.karst.engine;

import io.karst.base.Bytes;
import io.karst.engine.Watcher.Watch;
import io.karst.keyspace.Key;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/// Who watches which key of a store.
///
/// A key is watched from under its slot's lock on, so whoever changes it later marks those who
/// watch it. Who asks under the locks of all it watches whether it was marked, and holds them, has
/// a state in front of it in which none of them has changed since.
///
/// A key that expires changes: it is noted when it does, and asked for by who has a clock.
///
/// *Cost.* Whoever changes a key reads one number while nobody watches, and a second one, of the
/// slot, while somebody does. A watched key takes some 200 bytes.
///
/// Thread-safe; the lock of a [Watcher] comes before those in here, which are the last of all, and
/// nothing is called under them.
public final class Watches {
  private static final int PARTS = 64;

  private record Place(int database, Bytes key) {}

  /// Those who watch keys of some slots.
  private static final class Part {
    private final Map<Place, List<Watch>> places = new HashMap<>();
  }

  private final Part[] parts = new Part[PARTS];
  private final SlotCounts counts = new SlotCounts();
  private final AtomicInteger watchers = new AtomicInteger();
  private final AtomicInteger keys = new AtomicInteger();

  Watches() {
    for (int i = 0; i < PARTS; i++) {
      parts[i] = new Part();
    }
  }

  /// How many watch a key.
  public int watchers() {
    return watchers.get();
  }

  /// How many keys somebody watches.
  public int keys() {
    return keys.get();
  }

  /// Lets a key be watched, if it is not. Under its slot's lock.
  ///
  /// - `key`: kept.
  /// - `expiryMillis`: when it expires, as [Watch] has it.
  void add(Watcher watcher, int database, Key key, long expiryMillis) {
    synchronized (watcher) {
      if (watcher.closed() || watcher.watches(database, key)) {
        return;
      }
      Watch watch = new Watch(watcher, database, key, expiryMillis);
      if (watcher.watches().isEmpty()) {
        watchers.incrementAndGet();
      }
      watcher.watches().add(watch);
      Part part = part(key);
      synchronized (part) {
        part.places.computeIfAbsent(place(watch), _ -> newPlace()).add(watch);
      }
      counts.add(key.slot());
    }
  }

  private List<Watch> newPlace() {
    keys.incrementAndGet();
    return new ArrayList<>(1);
  }

  /// Lets a client watch nothing. Any thread.
  public void clear(Watcher watcher) {
    synchronized (watcher) {
      for (Watch watch : watcher.watches()) {
        remove(watch);
      }
      if (!watcher.watches().isEmpty()) {
        watchers.decrementAndGet();
        watcher.watches().clear();
      }
      watcher.untouch();
    }
  }

  /// As [#clear], for good: what the client's last command still watches counts no more.
  public void close(Watcher watcher) {
    watcher.close();
    clear(watcher);
  }

  private void remove(Watch watch) {
    Part part = part(watch.key());
    synchronized (part) {
      Place place = place(watch);
      List<Watch> there = part.places.get(place);
      if (there != null && there.remove(watch) && there.isEmpty()) {
        part.places.remove(place);
        keys.decrementAndGet();
      }
    }
    counts.remove(watch.key().slot());
  }

  /// Notes that a key has changed, come or gone. Under its slot's lock.
  void changed(int database, Key key) {
    if (counts.any(key.slot())) {
      touch(database, key);
    }
  }

  private void touch(int database, Key key) {
    Part part = part(key);
    synchronized (part) {
      List<Watch> there = part.places.get(new Place(database, key.bytes()));
      if (there != null) {
        there.forEach(watch -> watch.watcher().touch());
      }
    }
  }

  /// Notes that no key of a database is there any more. Under all locks.
  void emptied(int database) {
    changed(database, Watch::existed);
  }

  /// Notes that two databases exchange their keys. Under all locks.
  ///
  /// - `inFirst`, `inSecond`: whether there may be such a key.
  void swapped(int first, int second, Predicate<Key> inFirst, Predicate<Key> inSecond) {
    changed(first, watch -> watch.existed() || inSecond.test(watch.key()));
    changed(second, watch -> watch.existed() || inFirst.test(watch.key()));
  }

  /// Notes that nothing may be what it was. Under all locks.
  void changedAll() {
    for (Part part : parts) {
      synchronized (part) {
        part.places.values().forEach(there -> there.forEach(watch -> watch.watcher().touch()));
      }
    }
  }

  private void changed(int database, Predicate<Watch> concerned) {
    if (counts.none()) {
      return;
    }
    for (Part part : parts) {
      synchronized (part) {
        part.places.forEach((place, there) -> {
          if (place.database() == database) {
            there.stream().filter(concerned).forEach(watch -> watch.watcher().touch());
          }
        });
      }
    }
  }

  private static Place place(Watch watch) {
    return new Place(watch.database(), watch.key().bytes());
  }

  private Part part(Key key) {
    return parts[key.slot() % PARTS];
  }
}
