package io.karst.memory;

import io.karst.base.Bytes;
import io.karst.base.DiskFile;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.Objects;

/// A stretch of native memory that is the beginning of a file, or belongs to no file at all: bytes
/// by their offset, numbers little-endian.
///
/// Every access is checked against the bounds; accesses of one word are atomic if the offset is a
/// multiple of its size. Thread-safe, but for [#close], which comes after the last access: nothing
/// but `-Dkarst.verify=true` notices a later one.
public final class MappedRegion implements AutoCloseable {
  private final Arena arena;
  private final MemorySegment memory;
  private final long address;
  private final long size;

  private MappedRegion(Arena arena, MemorySegment memory) {
    this.arena = arena;
    this.memory = memory;
    this.address = memory.address();
    this.size = memory.byteSize();
    if (Native.VERIFY) {
      Liveness.allocated(address, size);
    }
  }

  /// Maps the first `size` bytes of a file, which it has; see [DiskFile#map].
  @SuppressWarnings("MustBeClosedChecker") // by #close
  public static MappedRegion map(DiskFile file, long size) throws IOException {
    Arena arena = Arena.ofShared();
    try {
      return new MappedRegion(arena, file.map(size, arena));
    } catch (IOException | RuntimeException e) {
      arena.close();
      throw e;
    }
  }

  /// Takes `size` bytes of zeroes from the operating system. The page is the unit.
  @SuppressWarnings("MustBeClosedChecker") // by #close
  public static MappedRegion allocate(long size) {
    long bytes = OsMemory.roundToPage(size);
    long address = OsMemory.map(bytes);
    Arena arena = Arena.ofShared();
    MemorySegment memory =
        MemorySegment.ofAddress(address)
            .reinterpret(bytes, arena, mapped -> OsMemory.unmap(mapped.address(), bytes));
    return new MappedRegion(arena, memory);
  }

  public long size() {
    return size;
  }

  public byte getByte(long offset) {
    return Native.getByte(at(offset, Byte.BYTES));
  }

  public int getInt(long offset) {
    return Native.getInt(at(offset, Integer.BYTES));
  }

  public long getLong(long offset) {
    return Native.getLong(at(offset, Long.BYTES));
  }

  public void putByte(long offset, byte value) {
    Native.putByte(at(offset, Byte.BYTES), value);
  }

  public void putInt(long offset, int value) {
    Native.putInt(at(offset, Integer.BYTES), value);
  }

  public void putLong(long offset, long value) {
    Native.putLong(at(offset, Long.BYTES), value);
  }

  /// Copies `count` bytes of `source` from index `from` on to `offset`.
  public void put(long offset, Bytes source, int from, int count) {
    Native.copy(source, from, at(offset, count), count);
  }

  /// Moves `count` bytes to another offset; the ranges may overlap.
  public void move(long from, long to, long count) {
    Native.copy(at(from, count), at(to, count), count);
  }

  /// A view of `length` bytes, good until [#close].
  public Bytes bytes(long offset, int length) {
    return new NativeBytes(at(offset, length), length);
  }

  /// A buffer over `length` bytes from `offset` on, for checksums and for reading into; good until
  /// [#close].
  public ByteBuffer buffer(long offset, int length) {
    return Native.buffer(at(offset, length), length);
  }

  /// Takes the memory away; what was stored is in the file, if there is one.
  @Override
  public void close() {
    if (Native.VERIFY) {
      Liveness.freed(address, size);
    }
    arena.close();
  }

  /// Hands what was stored to the file, where the operating system keeps the two apart.
  public void force() {
    if (!OsMemory.LINUX) {
      memory.force();
    }
  }

  private long at(long offset, long count) {
    return address + Objects.checkFromIndexSize(offset, count, size);
  }
}
