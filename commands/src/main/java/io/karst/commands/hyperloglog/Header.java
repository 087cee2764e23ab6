package io.karst.commands.hyperloglog;

import io.karst.base.CommandException;

/// What a HyperLogLog begins with.
///
/// ```
///  0   "HYLL"
///  4   the form of the registers, 1: 0 dense, 1 sparse
///  5   nothing, 3
///  8   the latest estimate, the lowest byte first, 8; the highest bit of all says that it is old
///  16  registers
/// ```
///
/// Format: docs/formats/hyperloglog.md.
final class Header {
  static final int SIZE = 16;
  static final int DENSE = 0;
  static final int SPARSE = 1;

  private static final int FORM = 4;
  private static final int ESTIMATE = 8;

  /// Where it stands whether the estimate is old.
  static final int AGE = 15;

  private static final byte OLD = (byte) 0x80;
  private static final byte[] MAGIC = {'H', 'Y', 'L', 'L'};

  private Header() {}

  /// Writes one of a HyperLogLog that has counted nothing.
  static void write(byte[] value, int form) {
    System.arraycopy(MAGIC, 0, value, 0, MAGIC.length);
    value[FORM] = (byte) form;
  }

  /// - `header`: the first bytes of a string; `length`: that of all of it.
  /// - throws [CommandException] if it is no HyperLogLog.
  static void check(byte[] header, int length) {
    boolean valid = length >= SIZE;
    for (int i = 0; i < MAGIC.length; i++) {
      valid = valid && header[i] == MAGIC[i];
    }
    int form = header[FORM];
    if (!valid || form < DENSE || form > SPARSE || (form == DENSE && length != Dense.SIZE)) {
      throw new CommandException("WRONGTYPE Key is not a valid HyperLogLog string value.");
    }
  }

  static boolean isDense(byte[] value) {
    return value[FORM] == DENSE;
  }

  static void form(byte[] value, int form) {
    value[FORM] = (byte) form;
  }

  static boolean isOld(byte[] value) {
    return (value[AGE] & OLD) != 0;
  }

  static void makeOld(byte[] value) {
    value[AGE] |= OLD;
  }

  static long estimate(byte[] value) {
    long estimate = 0;
    for (int i = Long.BYTES - 1; i >= 0; i--) {
      estimate = estimate << 8 | (value[ESTIMATE + i] & 0xff);
    }
    return estimate;
  }

  /// The bytes that say what the estimate is, to stand at [#ESTIMATE].
  static byte[] ofEstimate(long estimate) {
    byte[] bytes = new byte[Long.BYTES];
    for (int i = 0; i < Long.BYTES; i++) {
      bytes[i] = (byte) (estimate >>> (8 * i));
    }
    return bytes;
  }

  static int estimateOffset() {
    return ESTIMATE;
  }

  /// What is answered where the registers are not well formed.
  static CommandException corrupted() {
    return new CommandException("INVALIDOBJ Corrupted HLL object detected");
  }
}
