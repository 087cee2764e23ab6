package io.karst.commands.bitmap;

import io.karst.base.Bytes;
import io.karst.base.CommandException;
import io.karst.base.Decimal;
import io.karst.commands.Args;
import io.karst.engine.Tx;

/// The offset of a bit as clients write it.
final class BitOffset {
  private BitOffset() {}

  /// The offset word `index` says, in a byte a string may have.
  static long parse(Tx tx, Args args, int index) {
    return check(tx, integer(args.bytes(index)), 1);
  }

  /// As [#parse]; `#n` means the `n`th field of `width` bits.
  static long parse(Tx tx, Args args, int index, int width) {
    Bytes word = args.bytes(index);
    boolean counted = !word.isEmpty() && word.at(0) == '#';
    return counted
        ? check(tx, integer(word.slice(1, word.length() - 1)), width)
        : check(tx, integer(word), 1);
  }

  private static long integer(Bytes word) {
    if (!Decimal.isInt64(word)) {
      throw outOfRange();
    }
    return Decimal.parse(word);
  }

  private static long check(Tx tx, long offset, int width) {
    long end = (long) tx.stringLimit() * Byte.SIZE;
    if (offset < 0 || offset >= (end + width - 1) / width) {
      throw outOfRange();
    }
    return offset * width;
  }

  static CommandException outOfRange() {
    return CommandException.err("bit offset is not an integer or out of range");
  }
}
