package io.karst.bench.ledger;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The keys of one connection as they should be, and the changes since somebody last took them.
///
/// Expiries are data here: a key that is due stays until it is removed or overwritten.
///
/// Thread: its owner's.
public final class Model {
  private final List<Map<String, Entry>> databases = new ArrayList<>();
  private List<Change> changes = new ArrayList<>();

  /// - `count`: of databases, from 0 on.
  public Model(int count) {
    for (int i = 0; i < count; i++) {
      databases.add(new HashMap<>());
    }
  }

  public @Nullable Entry get(int database, String key) {
    return databases.get(database).get(key);
  }

  public boolean has(int database, String key) {
    return databases.get(database).containsKey(key);
  }

  public int size(int database) {
    return databases.get(database).size();
  }

  /// How many keys are due by then, in milliseconds since 1970.
  public long due(int database, long millis) {
    return databases.get(database).values().stream()
        .filter(entry -> entry.expiresAtMillis() <= millis)
        .count();
  }

  public Set<String> keys(int database) {
    return Set.copyOf(databases.get(database).keySet());
  }

  public void put(int database, String key, Entry entry) {
    changes.add(new Change.Put(database, key, databases.get(database).put(key, entry)));
  }

  /// Removes a key; returns whether it was there.
  public boolean remove(int database, String key) {
    Entry before = databases.get(database).remove(key);
    if (before != null) {
      changes.add(new Change.Put(database, key, before));
    }
    return before != null;
  }

  /// Removes the keys that begin with `prefix`, in their order; returns how many.
  public int removePrefix(int database, String prefix) {
    int removed = 0;
    for (String key : new TreeSet<>(databases.get(database).keySet())) {
      if (key.startsWith(prefix)) {
        remove(database, key);
        removed++;
      }
    }
    return removed;
  }

  public void flush(int database) {
    changes.add(new Change.Flush(database, databases.set(database, new HashMap<>())));
  }

  public void swap(int first, int second) {
    exchange(first, second);
    changes.add(new Change.Swap(first, second));
  }

  /// The changes since the last call, oldest first.
  List<Change> takeChanges() {
    List<Change> taken = changes;
    changes = new ArrayList<>();
    return taken;
  }

  /// Takes the latest change back.
  void undo(Change change) {
    switch (change) {
      case Change.Put put -> {
        if (put.before() == null) {
          databases.get(put.database()).remove(put.key());
        } else {
          databases.get(put.database()).put(put.key(), put.before());
        }
      }
      case Change.Flush flush -> databases.set(flush.database(), flush.before());
      case Change.Swap swap -> exchange(swap.first(), swap.second());
    }
  }

  private void exchange(int first, int second) {
    databases.set(first, databases.set(second, databases.get(first)));
  }
}
