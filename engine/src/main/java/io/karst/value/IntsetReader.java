package io.karst.value;

import io.karst.base.Bytes;
import io.karst.base.Decimal;

/// Reads a set of integers: the size of each (4 bytes, the lowest first: 2, 4 or 8), how many there
/// are (4 bytes), and the integers in ascending order. They may be smaller than their size allows.
final class IntsetReader implements PackedReader {
  static final int HEADER_SIZE = 2 * Integer.BYTES;

  private final RdbReader in;
  private final int integerSize;
  private boolean first = true;
  private long value;

  /// - `in`: has the set at hand and nothing behind it; the errors are its own.
  IntsetReader(RdbReader in) {
    this.in = in;
    integerSize = (int) in.readLittleEndian(Integer.BYTES);
    if (integerSize != Short.BYTES && integerSize != Integer.BYTES && integerSize != Long.BYTES) {
      throw in.malformed("integers of a size there is none of");
    }
    long count = in.readLittleEndian(Integer.BYTES) & 0xffff_ffffL;
    if (in.remaining() != count * integerSize) {
      throw in.malformed("a set of integers with a wrong count");
    }
  }

  @Override
  public boolean next() {
    if (in.remaining() == 0) {
      return false;
    }
    long next = in.readLittleEndian(integerSize);
    if (!first && next <= value) {
      throw in.malformed("integers that are not in ascending order");
    }
    first = false;
    value = next;
    return true;
  }

  @Override
  public boolean isInteger() {
    return true;
  }

  @Override
  public long integer() {
    return value;
  }

  @Override
  public Bytes bytes() {
    return Decimal.of(value);
  }
}
