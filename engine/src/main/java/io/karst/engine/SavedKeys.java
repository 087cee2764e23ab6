package io.karst.engine;

import io.karst.keyspace.Key;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The keys that a transaction may have changed, with what stood in the table for them before, in
/// the order in which they were prepared.
///
/// Found by the hash that a look-up has computed anyway: the latest first, as most commands ask for
/// one key several times, then by open addressing. Thread: its transaction's.
final class SavedKeys {
  /// What stood in the table for a key.
  static final class Saved {
    final int database;
    final Key key;

    /// Perhaps [io.karst.memory.Record#NONE], a tombstone, or due.
    final long original;

    /// How many effects there were before the first of its own.
    final int effects;

    boolean changed;

    private Saved(int database, Key key, long original, int effects) {
      this.database = database;
      this.key = key;
      this.original = original;
      this.effects = effects;
    }

    private boolean is(int ofDatabase, Key other) {
      return key.hash() == other.hash()
          && database == ofDatabase
          && key.bytes().equals(other.bytes());
    }
  }

  private static final int INITIAL = 8;

  private @Nullable Saved[] inOrder = new @Nullable Saved[INITIAL];
  private int count;

  /// Twice as long as `inOrder` at least: what is at a place is the index there, and one more.
  private int[] places = new int[4 * INITIAL];

  private @Nullable Saved latest;

  /// The one of a key; null if there is none.
  ///
  /// - `key`: hashed.
  @Nullable Saved find(int database, Key key) {
    Saved first = latest;
    if (first != null && first.is(database, key)) {
      return first;
    }
    for (int place = home(key); places[place] != 0; place = place + 1 & places.length - 1) {
      Saved saved = at(places[place] - 1);
      if (saved.is(database, key)) {
        latest = saved;
        return saved;
      }
    }
    return null;
  }

  /// Adds one that is not there.
  ///
  /// - `key`: hashed; copied.
  void add(int database, Key key, long original, int effects) {
    if (count == inOrder.length) {
      grow();
    }
    Saved saved = new Saved(database, key.copy(), original, effects);
    inOrder[count++] = saved;
    enter(saved, count);
    latest = saved;
  }

  private void grow() {
    inOrder = Arrays.copyOf(inOrder, 2 * count);
    places = new int[4 * inOrder.length];
    for (int i = 0; i < count; i++) {
      enter(at(i), i + 1);
    }
  }

  private void enter(Saved saved, int number) {
    int place = home(saved.key);
    while (places[place] != 0) {
      place = place + 1 & places.length - 1;
    }
    places[place] = number;
  }

  private int home(Key key) {
    long hash = key.hash();
    return (int) (hash ^ hash >>> 32) & places.length - 1;
  }

  int count() {
    return count;
  }

  /// The one with an index, 0 to `count() - 1`.
  Saved at(int index) {
    Saved saved = inOrder[index];
    if (saved == null) {
      throw new IndexOutOfBoundsException(index);
    }
    return saved;
  }

  /// Forgets all.
  void clear() {
    if (count > INITIAL) {
      inOrder = new @Nullable Saved[INITIAL];
      places = new int[4 * INITIAL];
    } else if (count > 0) {
      Arrays.fill(inOrder, 0, count, null);
      Arrays.fill(places, 0);
    }
    count = 0;
    latest = null;
  }
}
