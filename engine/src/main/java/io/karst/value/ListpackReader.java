package io.karst.value;

import io.karst.base.Bytes;
import io.karst.base.Decimal;

/// Reads a [Listpack] from its first element to its last. Takes each encoding for any element it
/// can hold, as Redis does; [#isCanonical] tells whether it is the one [ListpackWriter] chooses.
public final class ListpackReader implements PackedReader {
  private final RdbReader in;
  private final int declaredCount;
  private int count;
  private boolean integer;
  private long value;
  private Bytes string = Bytes.EMPTY;
  private int size;

  /// Reads a listpack whose errors are a client's.
  ///
  /// - throws [io.karst.base.CommandException] if it does not end where it says.
  public ListpackReader(Bytes listpack) {
    this(RdbReader.of(listpack));
  }

  /// - `in`: has the listpack at hand and nothing behind it; the errors are its own.
  public ListpackReader(RdbReader in) {
    this.in = in;
    int length = in.remaining();
    if (length < Listpack.OVERHEAD || in.readLittleEndian(Integer.BYTES) != length) {
      throw in.malformed("a listpack of another size than it says");
    }
    declaredCount = (int) in.readLittleEndian(Short.BYTES) & Listpack.COUNT_UNKNOWN;
  }

  @Override
  public boolean next() {
    int head = in.readByte();
    if (head == Listpack.END) {
      checkEnd();
      return false;
    }
    int before = in.remaining() + 1;
    integer = true;
    if (head <= Listpack.INT_7_MAX) {
      value = head;
    } else if (head < Listpack.INT_13) {
      readString(head & Listpack.STRING_6_MAX);
    } else if (head < Listpack.STRING_12) {
      value = (long) (head << Byte.SIZE | in.readByte()) << 51 >> 51; // 13 bits with a sign.
    } else if (head < Listpack.STRING_32) {
      readString((head & 0xf) << Byte.SIZE | in.readByte());
    } else {
      readWide(head);
    }
    size = before - in.remaining();
    checkBackLength();
    count++;
    return true;
  }

  @Override
  public boolean isInteger() {
    return integer;
  }

  @Override
  public long integer() {
    return value;
  }

  @Override
  public Bytes bytes() {
    return integer ? Decimal.of(value) : string;
  }

  /// The number of elements passed so far.
  public int count() {
    return count;
  }

  /// Whether the element has the encoding [ListpackWriter] gives it.
  public boolean isCanonical() {
    return integer
        ? size == Listpack.encodedSize(value)
        : size == Listpack.stringHeadSize(string.length()) + string.length()
            && !Listpack.isInteger(string);
  }

  private void readWide(int head) {
    switch (head) {
      case Listpack.STRING_32 -> {
        long length = in.readLittleEndian(Integer.BYTES) & 0xffff_ffffL;
        if (length > in.remaining()) {
          throw in.malformed("an element longer than its listpack");
        }
        readString((int) length);
      }
      case Listpack.INT_16 -> value = in.readLittleEndian(Short.BYTES);
      case Listpack.INT_24 -> value = in.readLittleEndian(3);
      case Listpack.INT_32 -> value = in.readLittleEndian(Integer.BYTES);
      case Listpack.INT_64 -> value = in.readLittleEndian(Long.BYTES);
      default -> throw in.malformed("an element of an encoding there is none of");
    }
  }

  private void readString(int length) {
    integer = false;
    string = in.readBytes(length);
  }

  private void checkBackLength() {
    int last = Listpack.backSize(size) - 1;
    for (int i = last; i >= 0; i--) {
      int bits = size >>> (i * Listpack.BACK_BITS) & Listpack.INT_7_MAX;
      if (in.readByte() != (i == last ? bits : bits | 0x80)) {
        throw in.malformed("an element with a wrong back length");
      }
    }
  }

  private void checkEnd() {
    if (in.remaining() > 0) {
      throw in.malformed("a listpack that ends before its size");
    }
    if (declaredCount != Listpack.COUNT_UNKNOWN && declaredCount != count) {
      throw in.malformed("a listpack with a wrong count");
    }
  }
}
