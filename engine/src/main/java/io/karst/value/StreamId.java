package io.karst.value;

/// The id of an entry of a stream: two numbers of 64 bits without a sign, in this order.
///
/// - `millis`: the time it was added at, since 1970, if nobody chose another.
/// - `sequence`: counts the entries of one millisecond.
public record StreamId(long millis, long sequence) implements Comparable<StreamId> {
  /// Before every entry there can be.
  public static final StreamId ZERO = new StreamId(0, 0);

  /// As [#compareTo], without the objects.
  static int compare(long millis, long sequence, long otherMillis, long otherSequence) {
    int order = Long.compareUnsigned(millis, otherMillis);
    return order != 0 ? order : Long.compareUnsigned(sequence, otherSequence);
  }

  @Override
  public int compareTo(StreamId that) {
    return compare(millis, sequence, that.millis, that.sequence);
  }

  /// As clients write it: `1526919030474-55`.
  @Override
  public String toString() {
    return Long.toUnsignedString(millis) + "-" + Long.toUnsignedString(sequence);
  }
}
