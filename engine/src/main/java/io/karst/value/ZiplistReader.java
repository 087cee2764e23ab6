package io.karst.value;

import io.karst.base.Bytes;
import io.karst.base.Decimal;

/// Reads a ziplist, what Redis packed collections into before 7.0:
///
/// ```
/// total size   4 bytes, the lowest first, as all but the lengths of strings
/// tail         4 bytes: the offset of the last element
/// count        2 bytes; 65535 if there are as many, or more
/// elements     the size of the one before: 1 byte up to 253, fe and 4 bytes otherwise;
///              then an encoding
/// end          ff
/// ```
///
/// Encodings:
///
/// ```
/// 00llllll             a string of that length, which follows
/// 01llllll 1 byte      the highest bits of the length first
/// 80 4 bytes           the highest byte of the length first
/// c0, d0, e0, f0, fe   2, 4, 8, 3, 1 bytes: a number with a sign
/// f1 to fd             0 to 12
/// ```
final class ZiplistReader implements PackedReader {
  private static final int HEADER_SIZE = 2 * Integer.BYTES + Short.BYTES;
  private static final int COUNT_UNKNOWN = 0xffff;
  private static final int END = 0xff;
  private static final int WIDE_SIZE = 0xfe;

  private static final int STRING_14 = 0x40;
  private static final int STRING_32 = 0x80;
  private static final int INT_16 = 0xc0;
  private static final int INT_32 = 0xd0;
  private static final int INT_64 = 0xe0;
  private static final int INT_24 = 0xf0;
  private static final int INT_0 = 0xf1;
  private static final int INT_12 = 0xfd;
  private static final int INT_8 = 0xfe;

  private final RdbReader in;
  private final int total;
  private final long tail;
  private final int declaredCount;
  private int count;

  /// The size of the element gone past last.
  private int size;

  private boolean integer;
  private long value;
  private Bytes string = Bytes.EMPTY;

  /// - `in`: has the ziplist at hand and nothing behind it; the errors are its own.
  ZiplistReader(RdbReader in) {
    this.in = in;
    total = in.remaining();
    if (total < HEADER_SIZE + 1 || in.readLittleEndian(Integer.BYTES) != total) {
      throw in.malformed("a ziplist of another size than it says");
    }
    tail = in.readLittleEndian(Integer.BYTES);
    declaredCount = (int) in.readLittleEndian(Short.BYTES) & COUNT_UNKNOWN;
  }

  @Override
  public boolean next() {
    int before = in.remaining();
    int head = in.readByte();
    if (head == END) {
      checkEnd();
      return false;
    }
    long sizeBefore = head < WIDE_SIZE ? head : in.readLittleEndian(Integer.BYTES);
    if (sizeBefore != size) {
      throw in.malformed("an element with a wrong back length");
    }
    readElement(in.readByte());
    size = before - in.remaining();
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

  private void readElement(int head) {
    integer = false;
    if (head < STRING_14) {
      string = in.readBytes(head);
    } else if (head < STRING_32) {
      string = in.readBytes((head & 0x3f) << Byte.SIZE | in.readByte());
    } else if (head == STRING_32) {
      string = in.readBytes(readWideLength());
    } else {
      integer = true;
      value = readInteger(head);
    }
  }

  private int readWideLength() {
    int length = Integer.reverseBytes((int) in.readLittleEndian(Integer.BYTES));
    if (length < 0 || length > in.remaining()) {
      throw in.malformed("an element longer than its ziplist");
    }
    return length;
  }

  private long readInteger(int head) {
    if (head >= INT_0 && head <= INT_12) {
      return (long) head - INT_0;
    }
    return switch (head) {
      case INT_8 -> in.readLittleEndian(Byte.BYTES);
      case INT_16 -> in.readLittleEndian(Short.BYTES);
      case INT_24 -> in.readLittleEndian(3);
      case INT_32 -> in.readLittleEndian(Integer.BYTES);
      case INT_64 -> in.readLittleEndian(Long.BYTES);
      default -> throw in.malformed("an element of an encoding there is none of");
    };
  }

  private void checkEnd() {
    if (in.remaining() > 0) {
      throw in.malformed("a ziplist that ends before its size");
    }
    if (tail != total - 1 - size) {
      throw in.malformed("a ziplist with a wrong tail");
    }
    if (declaredCount != COUNT_UNKNOWN && declaredCount != count) {
      throw in.malformed("a ziplist with a wrong count");
    }
  }
}
