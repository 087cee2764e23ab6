package io.karst.commands.hyperloglog;

/// Registers of six bits each, one behind the other, the lowest bit of the first byte first.
///
/// Format: docs/formats/hyperloglog.md.
final class Dense {
  private static final int BITS = 6;
  private static final int MASK = (1 << BITS) - 1;

  /// The size of a value that has them, its header included.
  static final int SIZE = Header.SIZE + Registers.COUNT * BITS / 8;

  private Dense() {}

  /// The byte of a value in which a register begins; it may end in the next.
  static int offset(int register) {
    return Header.SIZE + register * BITS / 8;
  }

  /// - `at`: the index in `bytes` of the byte at [#offset].
  static int get(byte[] bytes, int at, int register) {
    return (pair(bytes, at) >>> shift(register)) & MASK;
  }

  static void set(byte[] bytes, int at, int register, int value) {
    int shift = shift(register);
    int pair = (pair(bytes, at) & ~(MASK << shift)) | value << shift;
    bytes[at] = (byte) pair;
    if (at + 1 < bytes.length) {
      bytes[at + 1] = (byte) (pair >>> 8);
    }
  }

  /// Merges those of a value.
  static void mergeInto(Registers target, byte[] value) {
    for (int register = 0; register < Registers.COUNT; register++) {
      target.raise(register, get(value, offset(register), register));
    }
  }

  /// A value with these registers, whose estimate is as old or new as that of `header`.
  static byte[] of(Registers registers, byte[] header) {
    byte[] value = new byte[SIZE];
    System.arraycopy(header, 0, value, 0, Header.SIZE);
    Header.form(value, Header.DENSE);
    for (int register = 0; register < Registers.COUNT; register++) {
      set(value, offset(register), register, registers.value(register));
    }
    return value;
  }

  /// A register's bits end in the byte they begin in, or in the next; behind the last is none.
  private static int pair(byte[] bytes, int at) {
    int high = at + 1 < bytes.length ? bytes[at + 1] & 0xff : 0;
    return (bytes[at] & 0xff) | high << 8;
  }

  private static int shift(int register) {
    return register * BITS & 7;
  }
}
