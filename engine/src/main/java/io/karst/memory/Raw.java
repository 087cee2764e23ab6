package io.karst.memory;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import java.lang.foreign.MemorySegment;

/// The allocator's own loads and stores, in slab headers and free blocks, which [Native] refuses
/// when it verifies: no live block is there.
final class Raw {
  private static final MemorySegment ALL = MemorySegment.NULL.reinterpret(Long.MAX_VALUE);

  private Raw() {}

  static long getLong(long address) {
    return ALL.get(JAVA_LONG_UNALIGNED, address);
  }

  static void putLong(long address, long value) {
    ALL.set(JAVA_LONG_UNALIGNED, address, value);
  }

  static void fill(long address, long size, byte value) {
    ALL.asSlice(address, size).fill(value);
  }

  /// Whether each of `size` bytes from `address` on is `value`.
  static boolean isFilled(long address, long size, byte value) {
    for (long i = 0; i < size; i++) {
      if (ALL.get(JAVA_BYTE, address + i) != value) {
        return false;
      }
    }
    return true;
  }
}
