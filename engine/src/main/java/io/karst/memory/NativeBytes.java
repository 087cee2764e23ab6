package io.karst.memory;

import io.karst.base.Bytes;
import java.util.Objects;

/// A view of native memory: the key or the value of a record, or a large argument.
///
/// Valid while the block is; see [Bytes].
public final class NativeBytes extends Bytes {
  private final long address;
  private final int length;

  NativeBytes(long address, int length) {
    this.address = address;
    this.length = length;
  }

  long address() {
    return address;
  }

  @Override
  public int length() {
    return length;
  }

  @Override
  public byte at(int index) {
    return Native.getByte(address + Objects.checkIndex(index, length));
  }

  @Override
  public long longAt(int index) {
    Objects.checkFromIndexSize(index, Long.BYTES, length);
    return Native.getLong(address + index);
  }

  @Override
  public Bytes slice(int from, int sliceLength) {
    Objects.checkFromIndexSize(from, sliceLength, length);
    return new NativeBytes(address + from, sliceLength);
  }

  @Override
  public void copyTo(int from, byte[] target, int at, int count) {
    Objects.checkFromIndexSize(from, count, length);
    Native.copy(address + from, target, at, count);
  }
}
