package io.karst.memory;

import io.karst.base.Bytes;
import io.karst.base.Decimal;
import io.karst.base.HeapBytes;
import java.util.Arrays;

/// Entries of a [Packed] list, encoded one after the other: what is to be put into one, or what is
/// looked for in one. Reused from use to use.
///
/// A string has exactly one encoding: the shortest integer if it is the canonical decimal of 64
/// bits, else its bytes. So two entries say the same if their bytes are the same.
///
/// Format: docs/formats/dump-payload.md, listpack. Thread: its owner's.
public final class PackedEntries {
  private static final int INITIAL = 128;

  /// What an entry takes besides the string, at most: five bytes before and five behind it.
  private static final int OVERHEAD_MAX = 10;

  private byte[] array = new byte[INITIAL];
  private int size;
  private int count;
  private final HeapBytes bytes = new HeapBytes();

  /// Forgets all entries.
  public PackedEntries clear() {
    size = 0;
    count = 0;
    if (array.length > 1 << 16) {
      array = new byte[INITIAL];
    }
    return this;
  }

  /// The bytes of the entries.
  public int size() {
    return size;
  }

  public int count() {
    return count;
  }

  /// The entries as they are now, valid until the next change.
  Bytes bytes() {
    bytes.set(array, 0, size);
    return bytes;
  }

  byte first() {
    return array[0];
  }

  public PackedEntries add(Bytes string) {
    int length = string.length();
    if (mayBeInteger(string, length) && Decimal.isInt64(string)) {
      return add(Decimal.parse(string));
    }
    reserve(length + OVERHEAD_MAX);
    int begin = size;
    if (length < 1 << 6) {
      put(Packed.STRING_6 | length);
    } else if (length < 1 << 12) {
      put(Packed.STRING_12 | length >>> 8);
      put(length);
    } else {
      put(Packed.STRING_32);
      putLittleEndian(length, Integer.BYTES);
    }
    string.copyTo(0, array, size, length);
    size += length;
    end(begin);
    return this;
  }

  public PackedEntries add(long number) {
    reserve(Long.BYTES + OVERHEAD_MAX);
    int begin = size;
    if (number >= 0 && number < 1 << 7) {
      put((int) number);
    } else if (number >= -(1 << 12) && number < 1 << 12) {
      put(Packed.INT_13 | ((int) number >> 8 & 0x1f));
      put((int) number);
    } else if (number == (short) number) {
      put(Packed.INT_16);
      putLittleEndian(number, 2);
    } else if (number >= -(1 << 23) && number < 1 << 23) {
      put(Packed.INT_24);
      putLittleEndian(number, 3);
    } else if (number == (int) number) {
      put(Packed.INT_32);
      putLittleEndian(number, 4);
    } else {
      put(Packed.INT_64);
      putLittleEndian(number, 8);
    }
    end(begin);
    return this;
  }

  /// Adds the entries of a packed list from one position up to another, as they lie.
  ///
  /// - `entries`: the number of them.
  public PackedEntries add(long record, int from, int to, int entries) {
    reserve(to - from);
    Native.copy(Record.valueAddress(record) + from, array, size, to - from);
    size += to - from;
    count += entries;
    return this;
  }

  /// Rules out nearly everything that is no number.
  private static boolean mayBeInteger(Bytes string, int length) {
    if (length == 0 || length > Decimal.LENGTH_MAX) {
      return false;
    }
    int first = string.at(0);
    int last = string.at(length - 1);
    return (first <= '9' && (first >= '0' || first == '-')) && last >= '0' && last <= '9';
  }

  /// Writes the length of the entry behind it, to be read backwards: seven bits a byte, the highest
  /// first, all but the first with their high bit set.
  private void end(int begin) {
    int length = size - begin;
    int bytesOfIt = Packed.backLengthSize(length);
    for (int i = bytesOfIt - 1; i >= 0; i--) {
      int group = length >>> (7 * i) & 0x7f;
      put(i == bytesOfIt - 1 ? group : group | 0x80);
    }
    count++;
  }

  private void putLittleEndian(long value, int bytesOfIt) {
    for (int i = 0; i < bytesOfIt; i++) {
      put((int) (value >>> (8 * i)));
    }
  }

  private void put(int value) {
    array[size++] = (byte) value;
  }

  private void reserve(int more) {
    if (array.length - size < more) {
      array = Arrays.copyOf(array, Math.max(array.length * 2, Math.addExact(size, more)));
    }
  }
}
