package io.karst.base;

import java.util.Arrays;
import java.util.List;

/// The order of many keys, but for those that are alike for long: good enough for whoever wants
/// neighbours to be near each other, and a tenth of the price of comparing keys.
///
/// Keys are sorted by as many bits as there is room for beside an index in 64, behind what all of
/// them begin with. Equal keys are neighbours unless others share these bits.
public final class RoughOrder {
  /// How many keys there may be.
  public static final int COUNT_MAX = 1 << 17;

  private static final int INDEX_BITS = Integer.numberOfTrailingZeros(COUNT_MAX);

  private RoughOrder() {}

  /// The indexes of keys, in the order of the keys.
  ///
  /// - `keys`: at most [#COUNT_MAX].
  public static int[] of(List<Bytes> keys) {
    int count = keys.size();
    Invariant.check(count <= COUNT_MAX, "more keys than there are indexes for");
    int common = common(keys);
    long[] order = new long[count];
    for (int i = 0; i < count; i++) {
      long rank = rank(keys.get(i), common) >>> (INDEX_BITS + 1);
      order[i] = rank << INDEX_BITS | i;
    }
    Arrays.sort(order);
    int[] indexes = new int[count];
    for (int i = 0; i < count; i++) {
      indexes[i] = (int) order[i] & (COUNT_MAX - 1);
    }
    return indexes;
  }

  /// How many bytes all keys begin with.
  private static int common(List<Bytes> keys) {
    int common = Integer.MAX_VALUE;
    for (Bytes key : keys) {
      Bytes first = keys.getFirst();
      int same = first.mismatch(key);
      common = Math.min(common, same < 0 ? first.length() : same);
    }
    return common;
  }

  /// The eight bytes from `index` on as a number in their order, with zeros behind the end.
  private static long rank(Bytes bytes, int index) {
    if (index + Long.BYTES <= bytes.length()) {
      return Long.reverseBytes(bytes.longAt(index));
    }
    long rank = 0;
    for (int i = index; i < index + Long.BYTES; i++) {
      rank = rank << Byte.SIZE | (i < bytes.length() ? bytes.at(i) & 0xff : 0);
    }
    return rank;
  }
}
