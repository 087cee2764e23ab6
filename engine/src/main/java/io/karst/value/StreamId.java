package io.karst.value;

import org.jspecify.annotations.Nullable;

/// The id of an entry of a stream: two numbers of 64 bits without a sign, in this order.
///
/// - `millis`: the time it was added at, since 1970, if nobody chose another.
/// - `sequence`: counts the entries of one millisecond.
public record StreamId(long millis, long sequence) implements Comparable<StreamId> {
  /// Before every entry there can be.
  public static final StreamId ZERO = new StreamId(0, 0);

  /// Behind every entry there can be.
  public static final StreamId MAX = new StreamId(-1, -1);

  /// As [#compareTo], without the objects.
  static int compare(long millis, long sequence, long otherMillis, long otherSequence) {
    int order = Long.compareUnsigned(millis, otherMillis);
    return order != 0 ? order : Long.compareUnsigned(sequence, otherSequence);
  }

  @Override
  public int compareTo(StreamId that) {
    return compare(millis, sequence, that.millis, that.sequence);
  }

  /// The id right behind this one; null behind [#MAX].
  public @Nullable StreamId next() {
    if (sequence != -1) {
      return new StreamId(millis, sequence + 1);
    }
    return millis == -1 ? null : new StreamId(millis + 1, 0);
  }

  /// The id right before this one; null before [#ZERO].
  public @Nullable StreamId previous() {
    if (sequence != 0) {
      return new StreamId(millis, sequence - 1);
    }
    return millis == 0 ? null : new StreamId(millis - 1, -1);
  }

  public boolean isBefore(StreamId that) {
    return compareTo(that) < 0;
  }

  /// As clients write it: `1526919030474-55`.
  @Override
  public String toString() {
    return Long.toUnsignedString(millis) + "-" + Long.toUnsignedString(sequence);
  }
}
