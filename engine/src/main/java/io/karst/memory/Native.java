package io.karst.memory;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;
import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.karst.base.Bytes;
import io.karst.base.HeapBytes;
import io.karst.base.Invariant;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;

/// Loads and stores at an address, little-endian.
///
/// One segment spans the address space, so that the compiler turns each call into one
/// instruction. With `-Dkarst.verify=true` each is checked against the live blocks first
/// ([Liveness]); without it a wrong address is what it is in C.
final class Native {
  /// Whether every access is checked; a constant, so that the check costs nothing when off.
  static final boolean VERIFY = Invariant.VERIFY;

  static final long NULL = 0;

  /// Bytes on the heap at a time when a computed value is written.
  private static final int PIECE = 1 << 14;

  private static final ValueLayout.OfShort SHORT = JAVA_SHORT_UNALIGNED.withOrder(LITTLE_ENDIAN);
  private static final ValueLayout.OfInt INT = JAVA_INT_UNALIGNED.withOrder(LITTLE_ENDIAN);
  private static final ValueLayout.OfLong LONG = JAVA_LONG_UNALIGNED.withOrder(LITTLE_ENDIAN);

  private static final MemorySegment ALL = MemorySegment.NULL.reinterpret(Long.MAX_VALUE);

  private Native() {}

  static byte getByte(long address) {
    verify(address, 1);
    return ALL.get(JAVA_BYTE, address);
  }

  static void putByte(long address, byte value) {
    verify(address, 1);
    ALL.set(JAVA_BYTE, address, value);
  }

  static short getShort(long address) {
    verify(address, Short.BYTES);
    return ALL.get(SHORT, address);
  }

  static void putShort(long address, short value) {
    verify(address, Short.BYTES);
    ALL.set(SHORT, address, value);
  }

  static int getInt(long address) {
    verify(address, Integer.BYTES);
    return ALL.get(INT, address);
  }

  static void putInt(long address, int value) {
    verify(address, Integer.BYTES);
    ALL.set(INT, address, value);
  }

  static long getLong(long address) {
    verify(address, Long.BYTES);
    return ALL.get(LONG, address);
  }

  static void putLong(long address, long value) {
    verify(address, Long.BYTES);
    ALL.set(LONG, address, value);
  }

  static void fill(long address, long size, byte value) {
    verify(address, size);
    ALL.asSlice(address, size).fill(value);
  }

  /// Copies within native memory; the ranges may overlap.
  static void copy(long from, long to, long size) {
    verify(from, size);
    verify(to, size);
    MemorySegment.copy(ALL, from, ALL, to, size);
  }

  /// Copies out to a heap array.
  static void copy(long from, byte[] target, int at, int size) {
    verify(from, size);
    MemorySegment.copy(ALL, JAVA_BYTE, from, target, at, size);
  }

  /// Copies `size` bytes of `source` from `offset` on to an address.
  static void copy(Bytes source, int offset, long to, int size) {
    if (source instanceof HeapBytes heap) {
      verify(to, size);
      MemorySegment.copy(heap.array(), heap.offset() + offset, ALL, JAVA_BYTE, to, size);
    } else if (source instanceof NativeBytes view) {
      copy(view.address() + offset, to, size);
    } else {
      copyComputed(source, offset, to, size);
    }
  }

  /// Copies bytes that are computed as they are read, a piece at a time.
  private static void copyComputed(Bytes source, int offset, long to, int size) {
    byte[] piece = new byte[Math.min(size, PIECE)];
    verify(to, size);
    for (int done = 0; done < size; ) {
      int count = Math.min(size - done, piece.length);
      source.copyTo(offset + done, piece, 0, count);
      MemorySegment.copy(piece, 0, ALL, JAVA_BYTE, to + done, count);
      done += count;
    }
  }

  /// Whether `key` stands at `address`; the caller knows that its length does.
  static boolean equal(long address, Bytes key) {
    int length = key.length();
    int i = 0;
    for (; i <= length - Long.BYTES; i += Long.BYTES) {
      if (getLong(address + i) != key.longAt(i)) {
        return false;
      }
    }
    if (i > 0) { // The rest ends a whole word that overlaps what has been compared.
      int last = length - Long.BYTES;
      return i == length || getLong(address + last) == key.longAt(last);
    }
    for (; i < length; i++) {
      if (getByte(address + i) != key.at(i)) {
        return false;
      }
    }
    return true;
  }

  /// Whether the same bytes stand at two addresses.
  static boolean equal(long address, long other, int size) {
    int i = 0;
    for (; i <= size - Long.BYTES; i += Long.BYTES) {
      if (getLong(address + i) != getLong(other + i)) {
        return false;
      }
    }
    if (i > 0) {
      int last = size - Long.BYTES;
      return i == size || getLong(address + last) == getLong(other + last);
    }
    for (; i < size; i++) {
      if (getByte(address + i) != getByte(other + i)) {
        return false;
      }
    }
    return true;
  }

  /// A buffer over `size` bytes from an address on; the caller knows how long it is good.
  static ByteBuffer buffer(long address, int size) {
    verify(address, size);
    return ALL.asSlice(address, size).asByteBuffer();
  }

  private static void verify(long address, long size) {
    if (VERIFY) {
      Liveness.check(address, size);
    }
  }
}
