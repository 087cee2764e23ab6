package io.karst.commands.set;

import io.karst.base.Bytes;
import io.karst.engine.ElementsBuilder;
import io.karst.engine.MemberPredicate;
import io.karst.engine.SetView;
import io.karst.engine.Tx;
import java.util.Arrays;
import java.util.Collections;
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
    long work(List<SetView> sets) {
      return (long) Collections.min(sets, BY_SIZE).size() * sets.size();
    }

    @Override
    boolean find(Tx tx, List<SetView> sets, MemberPredicate found) {
      SetView[] ascending = sorted(sets, BY_SIZE);
      SetView[] others = Arrays.copyOfRange(ascending, 1, ascending.length);
      return ascending[0].forEachInAll(others, found);
    }
  },

  UNION {
    @Override
    boolean find(Tx tx, List<SetView> sets, MemberPredicate found) {
      if (sets.size() > PROBED_MAX) {
        return uniteMany(tx, sets, found);
      }
      SetView[] descending = sorted(sets, BY_SIZE.reversed());
      for (int i = 0; i < descending.length; i++) {
        if (!descending[i].forEachInNone(descending, i, found)) {
          return false;
        }
      }
      return true;
    }
  },

  DIFFERENCE {
    @Override
    boolean find(Tx tx, List<SetView> sets, MemberPredicate found) {
      SetView first = sets.getFirst();
      SetView[] others = sorted(sets.subList(1, sets.size()), BY_SIZE.reversed());
      long sizes = 0;
      for (SetView other : others) {
        sizes += other.size();
      }
      return (long) first.size() * sets.size() / 2 > first.size() + sizes
          ? subtractSmall(tx, first, others, found)
          : first.forEachInNone(others, others.length, found);
    }
  };

  private static final Comparator<SetView> BY_SIZE = Comparator.comparingInt(SetView::size);

  /// Of so many sets at most each member is looked for in those before.
  private static final int PROBED_MAX = 4;

  /// Finds the members of the result; whether all of them were wanted.
  ///
  /// - `sets`: one or more; nothing changes them meanwhile.
  abstract boolean find(Tx tx, List<SetView> sets, MemberPredicate found);

  /// About how many members are looked at.
  long work(List<SetView> sets) {
    long sizes = 0;
    for (SetView set : sets) {
      sizes += set.size();
    }
    return sizes;
  }

  private static boolean uniteMany(Tx tx, List<SetView> sets, MemberPredicate found) {
    try (ElementsBuilder seen = tx.values().newSet(Bytes.EMPTY)) {
      for (SetView set : sets) {
        boolean goesOn =
            set.forEachWhile((member, value) -> !seen.add(member) || found.wantsMore(member));
        if (!goesOn) {
          return false;
        }
      }
      return true;
    }
  }

  private static boolean subtractSmall(
      Tx tx, SetView first, SetView[] others, MemberPredicate found) {
    try (ElementsBuilder shared = tx.values().newSet(Bytes.EMPTY)) {
      for (SetView other : others) {
        other.forEach((member, value) -> {
          if (first.contains(member)) {
            shared.add(member);
          }
        });
      }
      return first.forEachWhile(
          (member, value) -> shared.contains(member) || found.wantsMore(member));
    }
  }

  private static SetView[] sorted(List<SetView> sets, Comparator<SetView> order) {
    SetView[] sorted = sets.toArray(SetView[]::new);
    Arrays.sort(sorted, order);
    return sorted;
  }
}
