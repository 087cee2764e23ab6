package io.karst.keyspace;

import io.karst.base.Bytes;
import io.karst.base.HeapBytes;
import io.karst.base.Limits;

/// The slot of a key: CRC16 of the key, or of its hash tag, modulo 16384.
///
/// A hash tag is what stands between the first `{` and the first `}` after it, if that is not
/// empty. The CRC is XMODEM's (polynomial 0x1021), eight bytes a step.
///
/// Source: Redis Cluster specification, "Key distribution model"; M. Kounavis, F. Berry,
/// "A Systematic Approach to Building High Performance Software-Based CRC Generators" (2005).
public final class KeySlot {
  private static final int POLYNOMIAL = 0x1021;
  private static final int STEP = 8;

  /// `TABLE[k * 256 + b]`: the remainder of byte `b` followed by `k` zero bytes.
  private static final char[] TABLE = table();

  private KeySlot() {}

  public static int of(Bytes key) {
    if (key instanceof HeapBytes heap) {
      return of(heap.array(), heap.offset(), heap.length());
    }
    byte[] copy = key.toArray();
    return of(copy, 0, copy.length);
  }

  private static int of(byte[] array, int offset, int length) {
    int end = offset + length;
    for (int i = offset; i < end; i++) {
      if (array[i] == '{') {
        int close = i + 1;
        while (close < end && array[close] != '}') {
          close++;
        }
        boolean tagged = close < end && close > i + 1;
        return tagged ? slot(array, i + 1, close) : slot(array, offset, end);
      }
    }
    return slot(array, offset, end);
  }

  private static int slot(byte[] array, int from, int to) {
    return crc16(array, from, to) & (Limits.SLOTS - 1);
  }

  static int crc16(byte[] array, int from, int to) {
    int crc = 0;
    int i = from;
    for (; i <= to - STEP; i += STEP) {
      crc =
          TABLE[7 * 256 + (((crc >>> 8) ^ array[i]) & 0xff)]
              ^ TABLE[6 * 256 + ((crc ^ array[i + 1]) & 0xff)]
              ^ TABLE[5 * 256 + (array[i + 2] & 0xff)]
              ^ TABLE[4 * 256 + (array[i + 3] & 0xff)]
              ^ TABLE[3 * 256 + (array[i + 4] & 0xff)]
              ^ TABLE[2 * 256 + (array[i + 5] & 0xff)]
              ^ TABLE[256 + (array[i + 6] & 0xff)]
              ^ TABLE[array[i + 7] & 0xff];
    }
    for (; i < to; i++) {
      crc = ((crc << 8) & 0xffff) ^ TABLE[((crc >>> 8) ^ array[i]) & 0xff];
    }
    return crc;
  }

  private static char[] table() {
    char[] table = new char[STEP * 256];
    for (int b = 0; b < 256; b++) {
      int crc = b << 8;
      for (int zeros = 0; zeros < STEP; zeros++) {
        for (int bit = 0; bit < 8; bit++) {
          crc = (crc & 0x8000) != 0 ? (crc << 1) ^ POLYNOMIAL : crc << 1;
        }
        table[zeros * 256 + b] = (char) crc;
        crc &= 0xffff;
      }
    }
    return table;
  }
}
