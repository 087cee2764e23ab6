package io.karst.history;

import io.karst.base.Bytes;

/// Where [EffectCodec] writes to.
interface EffectOutput {
  void putByte(int value);

  /// A number in groups of seven bits, the lowest first, each but the last with its high bit set.
  void putNumber(long value);

  /// The length as a number, then the bytes.
  void putBytes(Bytes bytes);
}
