package io.karst.commands;

import io.karst.base.Bytes;
import io.karst.base.Decimal;
import io.karst.base.HeapBytes;
import java.util.ArrayList;
import java.util.List;

/// Many byte strings, or nils, copied into a few large arrays: a scan of millions of keys costs
/// their bytes and four each, not an object each. For what has to be kept until the reply is
/// written; what a collection holds is better shown as it lies.
///
/// Not thread-safe: filled by one thread, then read by one.
public final class BulkList implements StringSource {
  private static final int CHUNK_MIN = 1 << 10;
  private static final int CHUNK_MAX = 1 << 20;
  private static final int HEADER = Integer.BYTES;

  /// In the place of a length: there is no string.
  private static final int NIL = -1;

  /// In the place of a length: the chunk ends here.
  private static final int END = -2;

  private final List<byte[]> chunks = new ArrayList<>();
  private byte[] chunk = new byte[0];
  private int used;
  private int size;

  @Override
  public int size() {
    return size;
  }

  /// Appends a copy of `item`.
  public void add(Bytes item) {
    int length = item.length();
    reserve(length);
    item.copyTo(0, chunk, begin(length), length);
    used += length;
  }

  /// Appends the decimal of a number.
  public void add(long number) {
    reserve(Decimal.LENGTH_MAX);
    used = Decimal.format(number, chunk, begin(Decimal.length(number)));
  }

  /// Appends an item that is no string.
  public void addNil() {
    reserve(0);
    begin(NIL);
  }

  private void reserve(int length) {
    if (chunk.length - used < HEADER + length) {
      newChunk(HEADER + length);
    }
  }

  /// Begins an item of so many bytes, for which there is room; returns where they go.
  private int begin(int length) {
    putInt(chunk, used, length);
    used += HEADER;
    size = Math.addExact(size, 1);
    return used;
  }

  @Override
  public void forEach(Visitor visitor) {
    HeapBytes item = new HeapBytes();
    int left = size;
    for (int i = 0; i < chunks.size(); i++) {
      byte[] each = chunks.get(i);
      int end = i == chunks.size() - 1 ? used : each.length;
      for (int at = 0; left > 0 && at + HEADER <= end; left--) {
        int length = getInt(each, at);
        if (length == END) {
          break;
        }
        if (length < 0) {
          visitor.item(null);
        } else {
          item.set(each, at + HEADER, length);
          visitor.item(item);
        }
        at += HEADER + Math.max(length, 0);
      }
    }
  }

  private void newChunk(int atLeast) {
    if (chunk.length - used >= HEADER) {
      putInt(chunk, used, END);
    }
    int next = Math.min(CHUNK_MAX, Math.max(CHUNK_MIN, chunk.length * 2));
    chunk = new byte[Math.max(next, atLeast)];
    chunks.add(chunk);
    used = 0;
  }

  private static void putInt(byte[] array, int at, int value) {
    array[at] = (byte) (value >>> 24);
    array[at + 1] = (byte) (value >>> 16);
    array[at + 2] = (byte) (value >>> 8);
    array[at + 3] = (byte) value;
  }

  private static int getInt(byte[] array, int at) {
    return array[at] << 24
        | (array[at + 1] & 0xff) << 16
        | (array[at + 2] & 0xff) << 8
        | (array[at + 3] & 0xff);
  }
}
