package io.karst.commands.bitmap;

import io.karst.base.CommandException;
import io.karst.commands.Args;

/// A range of bytes or bits, the ends included; negative ends count from the end of the string.
///
/// - `first`, `last`: the bits, once [#of] has fitted them to a string; empty if `first > last`.
record BitRange(long first, long last) {
  /// Whether word `index` says that a range is in bits; bytes if there is no such word.
  static boolean inBits(Args args, int index) {
    if (args.count() == index || args.is(index, "BYTE")) {
      return false;
    }
    if (!args.is(index, "BIT")) {
      throw CommandException.syntax();
    }
    return true;
  }

  /// The range from `start` to `end`, cut to a string of `length` bytes.
  static BitRange of(long start, long end, boolean bits, int length) {
    long total = bits ? (long) length << 3 : length;
    long first = Math.max(0, start < 0 ? start + total : start);
    long last = Math.min(total - 1, Math.max(0, end < 0 ? end + total : end));
    if (bits || first > last) {
      return new BitRange(first, last);
    }
    return new BitRange(first << 3, (last << 3) + 7);
  }

  boolean isEmpty() {
    return first > last;
  }
}
