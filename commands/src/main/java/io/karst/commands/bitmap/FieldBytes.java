package io.karst.commands.bitmap;

import io.karst.base.Bytes;
import io.karst.engine.Tx;
import io.karst.keyspace.Key;

/// A field of bits with the bytes it lies in, at most nine.
final class FieldBytes {
  private final byte[] octets;
  private final long offset;
  private final int width;

  private FieldBytes(byte[] octets, long offset, int width) {
    this.octets = octets;
    this.offset = offset;
    this.width = width;
  }

  /// The `width` bits, 1 to 64, from bit `offset` on; 0 beyond the string.
  static FieldBytes read(Tx tx, Key key, long offset, int width) {
    int first = (int) (offset >>> 3);
    int last = (int) ((offset + width - 1) >>> 3);
    byte[] octets = new byte[last - first + 1];
    tx.copyRange(key, first, octets);
    return new FieldBytes(octets, offset, width);
  }

  /// The bits, the last one being the lowest.
  long bits() {
    long bits = 0;
    int skipped = (int) (offset & 7);
    for (int left = width, i = 0; left > 0; i++, skipped = 0) {
      int taken = Math.min(Byte.SIZE - skipped, left);
      int octet = (octets[i] & (0xff >>> skipped)) >>> (Byte.SIZE - skipped - taken);
      bits = bits << taken | octet;
      left -= taken;
    }
    return bits;
  }

  /// Puts the low bits of `value` into their place. To be called once: the bytes are handed on.
  void write(Tx tx, Key key, long value) {
    int skipped = (int) (offset & 7);
    for (int left = width, i = 0; left > 0; i++, skipped = 0) {
      int taken = Math.min(Byte.SIZE - skipped, left);
      left -= taken;
      int shift = Byte.SIZE - skipped - taken;
      int mask = (0xff >>> (Byte.SIZE - taken)) << shift;
      int octet = (int) (value >>> left) << shift & mask;
      octets[i] = (byte) ((octets[i] & ~mask) | octet);
    }
    tx.setRange(key, (int) (offset >>> 3), Bytes.of(octets));
  }
}
