package io.karst.server.session;

import io.karst.engine.SlotSet;
import io.karst.keyspace.Key;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/// What a script has to have before it begins: the keys that its call names, and what earlier
/// attempts of the same call have met.
///
/// Thread: its call's.
final class ScriptPlan {
  private record Met(int database, Key key) {}

  private final List<Met> met = new ArrayList<>();
  private boolean all;
  private boolean turn;
  private boolean seeded;
  private int seed;

  /// What the chance of the script begins with, the same in all its attempts: so those that come
  /// after meet the keys that the first has met.
  int seed(RandomGenerator random) {
    if (!seeded) {
      seeded = true;
      seed = random.nextInt();
    }
    return seed;
  }

  /// Notes a key that the call does not name.
  ///
  /// - `key`: copied.
  void meet(int database, Key key) {
    met.add(new Met(database, Key.of(key.bytes().copy())));
  }

  /// All slots are needed.
  void needAll() {
    all = true;
  }

  boolean all() {
    return all;
  }

  /// Locks have to be waited for in the middle.
  void needTurn() {
    turn = true;
  }

  boolean turn() {
    return turn;
  }

  void addSlots(SlotSet slots) {
    for (Met each : met) {
      slots.add(each.key().slot());
    }
  }

  /// The keys in one database, with those that the call names.
  Key[] keys(int database, Key[] named) {
    List<Key> keys = new ArrayList<>(List.of(named));
    for (Met each : met) {
      if (each.database() == database) {
        keys.add(each.key());
      }
    }
    return keys.toArray(Key[]::new);
  }
}
