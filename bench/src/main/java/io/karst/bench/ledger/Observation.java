package io.karst.bench.ledger;

import io.karst.bench.harness.Answer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// What a server has, as it was read from there.
///
/// Thread: its owner's.
public final class Observation {
  /// A key that was found.
  ///
  /// - `askedAtMillis`: when it was there at the earliest, since 1970.
  public record Seen(String value, long expiresAtMillis, long askedAtMillis) {}

  private final Map<Integer, NavigableMap<String, Seen>> databases = new HashMap<>();
  private long endMillis;

  public void add(int database, String key, Seen seen) {
    keys(database).put(key, seen);
  }

  /// Notes when the last key was asked for, in milliseconds since 1970: what has not been found was
  /// not there at some time before.
  public void end(long millis) {
    endMillis = millis;
  }

  /// The keys of all databases that belong to none of these, and are not `common`.
  public List<String> strangers(List<Territory> territories, Predicate<String> common) {
    List<String> strangers = new ArrayList<>();
    databases.forEach((database, keys) -> {
      for (String key : keys.keySet()) {
        boolean known = territories.stream().anyMatch(owner -> owner.has(database, key));
        if (!known && !(database == 0 && common.test(key))) {
          strangers.add("database " + database + ", key " + Answer.shown(key));
        }
      }
    });
    return strangers;
  }

  /// How many keys were found, in all databases.
  public long size() {
    return databases.values().stream().mapToLong(Map::size).sum();
  }

  /// The value at a key, an empty one if there is none.
  public String value(int database, String key) {
    Seen seen = get(database, key);
    return seen == null ? "" : seen.value;
  }

  /// The keys of a database that begin with `prefix`.
  SortedMap<String, Seen> keys(int database, String prefix) {
    return keys(database).subMap(prefix, prefix + Character.MAX_VALUE);
  }

  /// Whether what was found at a key is what should be there.
  boolean agrees(int database, String key, @Nullable Entry entry) {
    Seen seen = keys(database).get(key);
    if (entry == null) {
      return seen == null;
    }
    if (seen == null) {
      return entry.expiresAtMillis() <= endMillis;
    }
    return seen.value.equals(entry.value())
        && seen.expiresAtMillis == entry.expiresAtMillis()
        && seen.askedAtMillis <= entry.expiresAtMillis();
  }

  @Nullable Seen get(int database, String key) {
    return keys(database).get(key);
  }

  private NavigableMap<String, Seen> keys(int database) {
    return databases.computeIfAbsent(database, _ -> new TreeMap<>());
  }
}
