package io.karst.history;

import io.karst.base.Bytes;

/// Counts what would be written. Thread: its owner's.
final class SizeOutput implements EffectOutput {
  private long size;

  void reset() {
    size = 0;
  }

  long size() {
    return size;
  }

  @Override
  public void putByte(int value) {
    size++;
  }

  @Override
  public void putNumber(long value) {
    size += numberSize(value);
  }

  @Override
  public void putBytes(Bytes bytes) {
    int length = bytes.length();
    size += numberSize(length) + length;
  }

  /// The bytes [#putNumber] counts.
  static int numberSize(long value) {
    // One byte for each seven bits begun, at least one.
    return (70 - Long.numberOfLeadingZeros(value | 1)) / 7;
  }
}
