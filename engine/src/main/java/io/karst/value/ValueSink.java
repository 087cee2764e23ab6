package io.karst.value;

import io.karst.base.Bytes;
import io.karst.base.Invariant;

/// Takes the elements of one value as [RdbValueReader] finds them, in the order in which they are
/// written. A sink implements the methods of the types it takes, and is asked for no others.
///
/// The bytes are on the heap, views of the payload where they can be and decimals of numbers or
/// decompressed otherwise. They do not change, and keep the whole payload from being collected:
/// whoever keeps some takes copies.
///
/// The methods that answer a boolean say whether the element is new. If not, the value is
/// malformed: that way the sink, which has to look up its elements anyway, is the only one to do
/// so. When a value turns out to be malformed, what its sink has got is thrown away.
public interface ValueSink {
  /// About how many elements are to come, where that is told before the first: no more than the
  /// value has bytes.
  default void expect(int elements) {}

  default void string(Bytes string) {
    throw notTaken(ValueType.STRING);
  }

  /// The next element, from head to tail.
  default void listElement(Bytes element) {
    throw notTaken(ValueType.LIST);
  }

  /// - `expiryMillis`: since 1970, perhaps in the past, or [io.karst.memory.Record#NO_EXPIRY]; so
  ///   in all methods.
  default boolean setMember(Bytes member, long expiryMillis) {
    throw notTaken(ValueType.SET);
  }

  /// A member in whatever order.
  ///
  /// - `score`: not NaN.
  default boolean sortedSetMember(Bytes member, double score, long expiryMillis) {
    throw notTaken(ValueType.SORTED_SET);
  }

  default boolean hashField(Bytes field, Bytes value, long expiryMillis) {
    throw notTaken(ValueType.HASH);
  }

  /// What takes the parts of the stream that is about to come; asked for once.
  default StreamSink stream() {
    throw notTaken(ValueType.STREAM);
  }

  private static Invariant.Violation notTaken(ValueType type) {
    return Invariant.violated("a " + type.redisName() + " for a sink of other types");
  }
}
