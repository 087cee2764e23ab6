package io.karst.value;

import io.karst.base.Bytes;
import io.karst.base.Decimal;

/// Reads a zipmap, what Redis packed hashes into before 2.6, as a sequence of fields and values:
///
/// ```
/// count      1 byte; 254 if there are as many, or more
/// pairs      a length, the field; a length, 1 byte n, the value, n bytes that mean nothing
/// end        ff
/// ```
///
/// A length is 1 byte up to 253, and 254 and 4 bytes, the lowest first, otherwise.
final class ZipmapReader implements PackedReader {
  private static final int COUNT_UNKNOWN = 254;
  private static final int WIDE_LENGTH = 254;
  private static final int END = 255;

  private final RdbReader in;
  private final int declaredCount;
  private int count;
  private Bytes string = Bytes.EMPTY;

  /// - `in`: has the zipmap at hand and nothing behind it; the errors are its own.
  ZipmapReader(RdbReader in) {
    this.in = in;
    declaredCount = in.readByte();
  }

  @Override
  public boolean next() {
    boolean isValue = (count & 1) != 0;
    int head = in.readByte();
    if (head == END) {
      checkEnd(isValue);
      return false;
    }
    int length = head < WIDE_LENGTH ? head : readWideLength();
    int unused = isValue ? in.readByte() : 0;
    string = in.readBytes(length);
    in.readBytes(unused);
    count++;
    return true;
  }

  @Override
  public boolean isInteger() {
    return false;
  }

  @Override
  public long integer() {
    return Decimal.parse(string);
  }

  @Override
  public Bytes bytes() {
    return string;
  }

  private int readWideLength() {
    long length = in.readLittleEndian(Integer.BYTES) & 0xffff_ffffL;
    if (length > in.remaining()) {
      throw in.malformed("an element longer than its zipmap");
    }
    return (int) length;
  }

  private void checkEnd(boolean inPair) {
    if (inPair) {
      throw in.malformed("a field without a value");
    }
    if (in.remaining() > 0) {
      throw in.malformed("a zipmap that ends before its size");
    }
    if (declaredCount != COUNT_UNKNOWN && declaredCount != count >>> 1) {
      throw in.malformed("a zipmap with a wrong count");
    }
  }
}
