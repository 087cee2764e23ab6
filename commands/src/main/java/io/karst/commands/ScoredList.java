package io.karst.commands;

import io.karst.base.Bytes;
import io.karst.engine.ScoreVisitor;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Members of sorted sets with their scores, packed: what a range collects.
///
/// Not thread-safe: filled by one thread, then read by one.
public final class ScoredList implements ScoreSource {
  private final BulkList members = new BulkList();
  private double[] scores = new double[8];

  @Override
  public int size() {
    return members.size();
  }

  /// Appends a copy of a member.
  public void add(Bytes member, double score) {
    int index = members.size();
    if (index == scores.length) {
      scores = Arrays.copyOf(scores, index * 2);
    }
    members.add(member);
    scores[index] = score;
  }

  @Override
  public void forEach(ScoreVisitor visitor) {
    members.forEach(
        new StringSource.Visitor() {
          private int index;

          @Override
          public void item(@Nullable Bytes item) {
            visitor.visit(Objects.requireNonNull(item), scores[index++]);
          }
        });
  }
}
