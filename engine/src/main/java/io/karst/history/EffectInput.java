package io.karst.history;

import io.karst.base.Bytes;
import io.karst.history.EffectCodec.MalformedException;
import io.karst.memory.MappedRegion;

/// Where [EffectCodec] reads from: a frame's payload in memory, or in an array. Thread: its
/// owner's.
abstract sealed class EffectInput {
  private final long limit;
  private long offset;

  private EffectInput(long offset, long limit) {
    this.offset = offset;
    this.limit = limit;
  }

  /// Reads the bytes of a memory from `offset` on up to `limit`.
  static EffectInput of(MappedRegion memory, long offset, long limit) {
    return new OfMemory(memory, offset, limit);
  }

  /// Reads the bytes of an array from `offset` on up to `limit`.
  static EffectInput of(byte[] array, int offset, int limit) {
    return new OfArray(array, offset, limit);
  }

  /// The byte at an offset before the limit.
  abstract byte at(long at);

  /// A view of bytes before the limit.
  abstract Bytes view(long from, int length);

  final boolean hasRemaining() {
    return offset < limit;
  }

  final int getByte() {
    if (offset >= limit) {
      throw new MalformedException("an effect goes on past the end of its frame");
    }
    return at(offset++) & 0xff;
  }

  final long getNumber() {
    long value = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      int group = getByte();
      value |= (group & 0x7fL) << shift;
      if (group < 0x80) {
        return value;
      }
    }
    throw new MalformedException("a number has no end");
  }

  /// A number of at most 32 bits.
  final int getInt() {
    long value = getNumber();
    if (value >>> Integer.SIZE != 0) {
      throw new MalformedException("a number of more than 32 bits");
    }
    return (int) value;
  }

  /// A view with the life time of what is read.
  final Bytes getBytes() {
    long length = getNumber();
    if (length < 0 || length > Math.min(limit - offset, Integer.MAX_VALUE)) {
      throw new MalformedException("a string goes on past the end of its frame");
    }
    Bytes bytes = view(offset, (int) length);
    offset += length;
    return bytes;
  }

  private static final class OfMemory extends EffectInput {
    private final MappedRegion memory;

    private OfMemory(MappedRegion memory, long offset, long limit) {
      super(offset, limit);
      this.memory = memory;
    }

    @Override
    byte at(long at) {
      return memory.getByte(at);
    }

    @Override
    Bytes view(long from, int length) {
      return memory.bytes(from, length);
    }
  }

  private static final class OfArray extends EffectInput {
    private final byte[] array;

    private OfArray(byte[] array, int offset, int limit) {
      super(offset, limit);
      this.array = array;
    }

    @Override
    byte at(long at) {
      return array[(int) at];
    }

    @Override
    Bytes view(long from, int length) {
      return Bytes.of(array, (int) from, length);
    }
  }
}
