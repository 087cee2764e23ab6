package io.karst.commands.sortedset;

import io.karst.base.Bytes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Union, intersection and difference of sorted sets. The members are views, good until the
/// transaction ends.
///
/// Cost: a union looks at all members; an intersection at those of the smallest set, and asks the
/// others for them; a difference at those of the first.
final class Combination {
  private static final Comparator<Member> ORDER =
      Comparator.comparingDouble((Member member) -> member.score + 0.0)
          .thenComparing(Member::bytes);

  private final Map<Bytes, Member> members = new HashMap<>();

  private Combination() {}

  /// A member of the result.
  static final class Member {
    private final Bytes bytes;
    private double score;

    private Member(Bytes bytes, double score) {
      this.bytes = bytes;
      this.score = score;
    }

    Bytes bytes() {
      return bytes;
    }

    double score() {
      return score;
    }
  }

  /// Which of the three.
  enum Kind {
    UNION,
    INTERSECTION,
    DIFFERENCE
  }

  /// The members of the result, in no order.
  static List<Member> of(Kind kind, Operands operands, Weighting weighting) {
    Combination combination = new Combination();
    switch (kind) {
      case UNION -> combination.unite(operands, weighting);
      case INTERSECTION -> combination.intersect(operands, weighting);
      case DIFFERENCE -> combination.subtract(operands);
    }
    return new ArrayList<>(combination.members.values());
  }

  /// Puts members in the order of a sorted set.
  static void sort(List<Member> members) {
    members.sort(ORDER);
  }

  private void unite(Operands operands, Weighting weighting) {
    for (int i : operands.bySize()) {
      operands
          .get(i)
          .forEach((member, score) -> add(member, weighting.weighed(i, score), weighting));
    }
  }

  private void add(Bytes bytes, double score, Weighting weighting) {
    Member member = members.get(bytes);
    if (member == null) {
      members.put(bytes, new Member(bytes, score));
    } else {
      member.score = weighting.combine(member.score, score);
    }
  }

  private void intersect(Operands operands, Weighting weighting) {
    int[] order = operands.bySize();
    operands
        .get(order[0])
        .forEach((member, own) -> {
          double first = weighting.weighed(order[0], own);
          double score = intersected(operands, order, weighting, member, first);
          if (!Double.isNaN(score)) {
            members.put(member, new Member(member, score));
          }
        });
  }

  /// The score of a member of the first of the sets in an order, NaN if another has it not.
  private static double intersected(
      Operands operands, int[] order, Weighting weighting, Bytes member, double first) {
    double result = first;
    for (int i = 1; i < order.length; i++) {
      double score = operands.get(order[i]).score(member);
      if (Double.isNaN(score)) {
        return score;
      }
      result = weighting.combine(result, weighting.product(order[i], score));
    }
    return result;
  }

  private void subtract(Operands operands) {
    operands
        .get(0)
        .forEach((member, score) -> {
          for (int i = 1; i < operands.count(); i++) {
            if (!Double.isNaN(operands.get(i).score(member))) {
              return;
            }
          }
          members.put(member, new Member(member, score));
        });
  }
}
