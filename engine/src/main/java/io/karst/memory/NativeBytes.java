package io.karst.memory;

import io.karst.base.Bytes;
import java.util.Objects;

/// A view of native memory: the key or the value of a record, or a large argument.
///
/// Valid while the block is; see [Bytes]. It stays where it is, but for those of a [RecordView].
public final class NativeBytes extends Bytes {
  private long address;
  private int length;

  NativeBytes(long address, int length) {
    this.address = address;
    this.length = length;
  }

  /// Shows other bytes from now on.
  void move(long newAddress, int newLength) {
    address = newAddress;
    length = newLength;
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
