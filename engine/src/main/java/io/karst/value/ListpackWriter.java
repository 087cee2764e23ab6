package io.karst.value;

import io.karst.base.Bytes;
import io.karst.base.Decimal;
import io.karst.base.Invariant;

/// Makes a [Listpack] on the heap, each element in its one encoding.
///
/// ```java
/// ListpackWriter pack = new ListpackWriter(64);
/// pack.append(Bytes.utf8("field"));
/// pack.append(12);
/// Bytes listpack = pack.end();
/// ```
///
/// Thread: its owner's.
public final class ListpackWriter {
  private final RdbWriter out;
  private long count;

  /// - `capacity`: the bytes expected; more are taken too.
  public ListpackWriter(int capacity) {
    out = new RdbWriter(Math.max(capacity, Listpack.OVERHEAD));
    clear();
  }

  /// Begins anew; what [#end] answered is not used any more.
  public void clear() {
    out.clear(Integer.MAX_VALUE);
    count = 0;
    out.writeLittleEndian(0, Listpack.HEADER_SIZE);
  }

  /// Adds an element: as a number if it is the decimal of one.
  public void append(Bytes element) {
    if (Listpack.isInteger(element)) {
      append(Decimal.parse(element));
    } else {
      appendString(element);
    }
  }

  /// Adds the decimal of `value`.
  public void append(long value) {
    int size = Listpack.encodedSize(value);
    if (size == 1) {
      out.writeByte((int) value);
    } else if (size == 2) {
      out.writeByte(Listpack.INT_13 | (int) (value >> Byte.SIZE & 0x1f));
      out.writeByte((int) value);
    } else {
      out.writeByte(Listpack.integerHead(value));
      out.writeLittleEndian(value, size - 1);
    }
    appended(size);
  }

  /// Adds the elements of another, which has not ended.
  void appendAll(ListpackWriter that) {
    Bytes all = that.out.bytes();
    out.writeBytes(all.slice(Listpack.HEADER_SIZE, all.length() - Listpack.HEADER_SIZE));
    count += that.count;
  }

  /// The number of elements so far.
  public long count() {
    return count;
  }

  /// The bytes it would take if it ended here.
  public int size() {
    return out.size() + 1;
  }

  /// Ends the listpack.
  ///
  /// - returns: a view, good until [#clear]; nothing is added before that.
  public Bytes end() {
    out.writeByte(Listpack.END);
    out.overwriteLittleEndian(0, out.size(), Integer.BYTES);
    out.overwriteLittleEndian(Integer.BYTES, Math.min(count, Listpack.COUNT_UNKNOWN), Short.BYTES);
    return out.bytes();
  }

  private void appendString(Bytes string) {
    int length = string.length();
    Invariant.check(
        out.size() + Listpack.sizeOfString(length) < Integer.MAX_VALUE - Long.BYTES,
        "a listpack larger than an array");
    if (length <= Listpack.STRING_6_MAX) {
      out.writeByte(Listpack.STRING_6 | length);
    } else if (length <= Listpack.STRING_12_MAX) {
      out.writeByte(Listpack.STRING_12 | length >>> Byte.SIZE);
      out.writeByte(length);
    } else {
      out.writeByte(Listpack.STRING_32);
      out.writeLittleEndian(length, Integer.BYTES);
    }
    out.writeBytes(string);
    appended(Listpack.stringHeadSize(length) + length);
  }

  /// Adds the back length of an encoding.
  private void appended(int encodedSize) {
    int last = Listpack.backSize(encodedSize) - 1;
    for (int i = last; i >= 0; i--) {
      int bits = encodedSize >>> (i * Listpack.BACK_BITS) & Listpack.INT_7_MAX;
      out.writeByte(i == last ? bits : bits | 0x80);
    }
    count++;
  }
}
