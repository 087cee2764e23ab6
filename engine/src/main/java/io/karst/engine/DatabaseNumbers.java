package io.karst.engine;

import io.karst.history.Effect;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/// Which number each database had at some LSN: effects name databases by ids, clients by numbers.
///
/// Known from an LSN to another; it is told of every effect on whole databases in between, and can
/// be told of what follows.
///
/// Thread-safe.
final class DatabaseNumbers {
  /// By the LSN from which on they hold: ids, in the order of their numbers.
  private final TreeMap<Long, int[]> ids = new TreeMap<>();

  private final long firstLsn;
  private long endLsn;

  /// - `atEnd`: the ids at `endLsn`.
  /// - `changes`: all frames from `firstLsn` to there that changed whole databases.
  DatabaseNumbers(
      long firstLsn,
      long endLsn,
      int[] atEnd,
      NavigableMap<Long, ? extends Iterable<Effect>> changes) {
    this.firstLsn = firstLsn;
    this.endLsn = endLsn;
    int[] after = atEnd;
    for (Map.Entry<Long, ? extends Iterable<Effect>> frame : changes.descendingMap().entrySet()) {
      ids.put(frame.getKey() + 1, after);
      after = before(after, frame.getValue());
    }
    ids.put(firstLsn, after);
  }

  /// Whether what there was at an LSN is known.
  synchronized boolean knows(long lsn) {
    return lsn >= firstLsn && lsn <= endLsn;
  }

  /// From where on it is known.
  long firstLsn() {
    return firstLsn;
  }

  /// Up to where it is known.
  synchronized long endLsn() {
    return endLsn;
  }

  /// The ids before the frame at an LSN that is known, in the order of their numbers; a copy.
  synchronized int[] at(long lsn) {
    return ids.floorEntry(lsn).getValue().clone();
  }

  /// Notes what follows a frame at or past the end of what is known.
  ///
  /// - `next`: where the next frame begins.
  synchronized void extend(long lsn, long next, int[] after) {
    if (lsn >= endLsn) {
      if (!Arrays.equals(ids.lastEntry().getValue(), after)) {
        ids.put(lsn + 1, after.clone());
      }
      endLsn = next;
    }
  }

  /// Whether an effect changes them.
  static boolean changes(Effect effect) {
    return effect instanceof Effect.Flush || effect instanceof Effect.Swap;
  }

  /// What the ids are after an effect.
  static void apply(int[] numbers, Effect effect) {
    switch (effect) {
      case Effect.Flush(int database, int fresh) -> replace(numbers, database, fresh);
      case Effect.Swap(int database, int other) -> swap(numbers, database, other);
      case Effect.OnKey _, Effect.PutLibrary _, Effect.RemoveLibrary _ -> {}
    }
  }

  private static int[] before(int[] after, Iterable<Effect> frame) {
    ArrayDeque<Effect> reversed = new ArrayDeque<>();
    frame.forEach(reversed::push);
    int[] numbers = after.clone();
    for (Effect effect : reversed) {
      switch (effect) {
        case Effect.Flush(int database, int fresh) -> replace(numbers, fresh, database);
        case Effect.Swap(int database, int other) -> swap(numbers, database, other);
        case Effect.OnKey _, Effect.PutLibrary _, Effect.RemoveLibrary _ -> {}
      }
    }
    return numbers;
  }

  private static int indexOf(int[] numbers, int id) {
    for (int index = 0; index < numbers.length; index++) {
      if (numbers[index] == id) {
        return index;
      }
    }
    return -1;
  }

  private static void replace(int[] numbers, int id, int by) {
    int index = indexOf(numbers, id);
    if (index >= 0) {
      numbers[index] = by;
    }
  }

  private static void swap(int[] numbers, int id, int other) {
    int first = indexOf(numbers, id);
    int second = indexOf(numbers, other);
    if (first >= 0 && second >= 0) {
      numbers[first] = other;
      numbers[second] = id;
    }
  }
}
