package io.karst.history;

import io.karst.base.Bytes;
import io.karst.history.EffectCodec.MalformedException;
import io.karst.memory.MappedRegion;

/// Where [EffectCodec] reads from: a frame's payload in memory. Thread: its owner's.
final class EffectInput {
  private final MappedRegion memory;
  private final long limit;
  private long offset;

  /// Reads the bytes from `offset` on up to `limit`.
  EffectInput(MappedRegion memory, long offset, long limit) {
    this.memory = memory;
    this.offset = offset;
    this.limit = limit;
  }

  boolean hasRemaining() {
    return offset < limit;
  }

  int getByte() {
    if (offset >= limit) {
      throw new MalformedException("an effect goes on past the end of its frame");
    }
    return memory.getByte(offset++) & 0xff;
  }

  long getNumber() {
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
  int getInt() {
    long value = getNumber();
    if (value >>> Integer.SIZE != 0) {
      throw new MalformedException("a number of more than 32 bits");
    }
    return (int) value;
  }

  /// A view with the life time of the memory.
  Bytes getBytes() {
    long length = getNumber();
    if (length < 0 || length > Math.min(limit - offset, Integer.MAX_VALUE)) {
      throw new MalformedException("a string goes on past the end of its frame");
    }
    Bytes bytes = memory.bytes(offset, (int) length);
    offset += length;
    return bytes;
  }
}
