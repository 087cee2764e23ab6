package io.karst.commands;

import io.karst.base.Bytes;
import java.util.Arrays;

/// Members of sorted sets with their scores, packed: what a range collects.
///
/// Not thread-safe: filled by one thread, then read by one.
public final class ScoredList {
  private final BulkList members = new BulkList();
  private double[] scores = new double[8];

  /// Receives the members in order.
  @FunctionalInterface
  public interface Visitor {
    /// `length` bytes of `array` from `offset` on, not to be changed, are the member.
    void item(byte[] array, int offset, int length, double score);
  }

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

  public void forEach(Visitor visitor) {
    members.forEach(
        new BulkList.Visitor() {
          private int index;

          @Override
          public void item(byte[] array, int offset, int length) {
            visitor.item(array, offset, length, scores[index++]);
          }
        });
  }
}
