package io.karst.bench.ledger;

import io.karst.bench.harness.Answer;
import io.karst.bench.ledger.Observation.Seen;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Where a model and what was observed differ, kept right while the model goes back in time.
final class Divergence {
  private static final int SHOWN = 5;

  private final Model model;
  private final Observation observation;
  private final Territory territory;
  private final Set<Place> places = new HashSet<>();

  private record Place(int database, String key) {}

  Divergence(Model model, Observation observation, Territory territory) {
    this.model = model;
    this.observation = observation;
    this.territory = territory;
    territory.databases().forEach(this::compareAll);
  }

  int count() {
    return places.size();
  }

  /// Compares again what a change that was undone had changed.
  void undone(List<Change> changes) {
    for (Change change : changes) {
      switch (change) {
        case Change.Put put -> compare(put.database(), put.key());
        case Change.Flush flush -> compareAll(flush.database());
        case Change.Swap swap -> {
          compareAll(swap.first());
          compareAll(swap.second());
        }
      }
    }
  }

  /// Some of the differences, a line each.
  String describe() {
    return places.stream()
        .limit(SHOWN)
        .map(place -> "\n  " + describe(place))
        .collect(Collectors.joining("", "", places.size() > SHOWN ? "\n  and more" : ""));
  }

  private void compareAll(int database) {
    places.removeIf(place -> place.database == database);
    Set<String> keys = new TreeSet<>(observation.keys(database, territory.prefix()).keySet());
    keys.addAll(model.keys(database));
    keys.forEach(key -> compare(database, key));
  }

  private void compare(int database, String key) {
    Place place = new Place(database, key);
    if (observation.agrees(database, key, model.get(database, key))) {
      places.remove(place);
    } else {
      places.add(place);
    }
  }

  private String describe(Place place) {
    Entry entry = model.get(place.database, place.key);
    Seen seen = observation.get(place.database, place.key);
    return String.format(
        Locale.ROOT,
        "database %d, key %s: should be %s, is %s",
        place.database,
        place.key,
        entry == null ? "nothing" : shown(entry.value(), entry.expiresAtMillis()),
        seen == null ? "nothing" : shown(seen.value(), seen.expiresAtMillis()));
  }

  private static String shown(String value, long expiresAtMillis) {
    String expiry = expiresAtMillis == Entry.NEVER ? "" : " until " + expiresAtMillis;
    return Answer.shown(value) + expiry;
  }
}
