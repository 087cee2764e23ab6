package io.karst.commands.set;

import io.karst.base.Bytes;
import io.karst.base.Decimal;
import io.karst.engine.ElementsBuilder;
import io.karst.engine.SetView;
import io.karst.engine.Tx;
import java.util.Comparator;
import java.util.List;

/// Intersections, unions and differences of sets: finds their members, each once, without keeping
/// them.
///
/// - *Intersection*: the members of the smallest set that all others have.
/// - *Union* of few sets: the members of each that no larger one has, the largest first; of many,
///   all of them, with those seen in a set of its own.
/// - *Difference*: the members of the first set that no other has; or, if the others are small
///   beside it, those that are not in the set of what it shares with them. Redis chooses in the
///   same way between two algorithms of about the same cost.
enum SetAlgebra {
  INTERSECTION {
    @Override
    boolean find(Tx tx, List<SetView> sets, Found found) {
      List<SetView> ascending =
          sets.stream().sorted(Comparator.comparingInt(SetView::size)).toList();
      SetView smallest = ascending.getFirst();
      SetView[] others = ascending.subList(1, ascending.size()).toArray(SetView[]::new);
      if (smallest.hasNumbers()) {
        return ofNumbers(smallest, others, found);
      }
      return smallest.forEachWhile(
          (member, value) -> !allContain(others, member) || found.found(member));
    }
  },

  UNION {
    @Override
    boolean find(Tx tx, List<SetView> sets, Found found) {
      if (sets.size() > PROBED_MAX) {
        return uniteMany(tx, sets, found);
      }
      SetView[] descending = descending(sets);
      for (int i = 0; i < descending.length; i++) {
        int larger = i;
        boolean goesOn =
            descending[i].forEachWhile(
                (member, value) -> anyContains(descending, larger, member) || found.found(member));
        if (!goesOn) {
          return false;
        }
      }
      return true;
    }
  },

  DIFFERENCE {
    @Override
    boolean find(Tx tx, List<SetView> sets, Found found) {
      SetView first = sets.getFirst();
      SetView[] others = descending(sets.subList(1, sets.size()));
      long sizes = 0;
      for (SetView other : others) {
        sizes += other.size();
      }
      if ((long) first.size() * sets.size() / 2 > first.size() + sizes) {
        return subtractSmall(tx, first, others, found);
      }
      return first.forEachWhile(
          (member, value) -> anyContains(others, others.length, member) || found.found(member));
    }
  };

  /// Of so many sets at most each member is looked for in those before.
  private static final int PROBED_MAX = 4;

  /// Is told of members of a result.
  @FunctionalInterface
  interface Found {
    /// Whether more of them are wanted.
    ///
    /// - `member`: a view, good until the transaction ends.
    boolean found(Bytes member);
  }

  /// Finds the members of the result; whether all of them were wanted.
  ///
  /// - `sets`: one or more; nothing changes them meanwhile.
  abstract boolean find(Tx tx, List<SetView> sets, Found found);

  private static boolean ofNumbers(SetView smallest, SetView[] others, Found found) {
    for (int i = 0, count = smallest.size(); i < count; i++) {
      long number = smallest.number(i);
      int at = 0;
      while (at < others.length && others[at].contains(number)) {
        at++;
      }
      if (at == others.length && !found.found(Decimal.of(number))) {
        return false;
      }
    }
    return true;
  }

  private static boolean uniteMany(Tx tx, List<SetView> sets, Found found) {
    try (ElementsBuilder seen = tx.values().newSet()) {
      for (SetView set : sets) {
        boolean goesOn =
            set.forEachWhile((member, value) -> !seen.add(member) || found.found(member));
        if (!goesOn) {
          return false;
        }
      }
      return true;
    }
  }

  private static boolean subtractSmall(Tx tx, SetView first, SetView[] others, Found found) {
    try (ElementsBuilder shared = tx.values().newSet()) {
      for (SetView other : others) {
        other.forEach((member, value) -> {
          if (first.contains(member)) {
            shared.add(member);
          }
        });
      }
      return first.forEachWhile((member, value) -> shared.contains(member) || found.found(member));
    }
  }

  private static SetView[] descending(List<SetView> sets) {
    return sets.stream()
        .sorted(Comparator.comparingInt(SetView::size).reversed())
        .toArray(SetView[]::new);
  }

  private static boolean allContain(SetView[] sets, Bytes member) {
    for (SetView set : sets) {
      if (!set.contains(member)) {
        return false;
      }
    }
    return true;
  }

  private static boolean anyContains(SetView[] sets, int count, Bytes member) {
    for (int i = 0; i < count; i++) {
      if (sets[i].contains(member)) {
        return true;
      }
    }
    return false;
  }
}
