package io.karst.commands.bitmap;

import io.karst.base.CommandException;
import io.karst.commands.Args;
import io.karst.commands.bitmap.FieldType.Overflow;
import io.karst.engine.Tx;
import java.util.ArrayList;
import java.util.List;

/// One operation of `BITFIELD`, checked.
///
/// - `offset`: of its first bit.
/// - `operand`: the value to set or to add, 0 for `GET`.
record FieldOperation(Kind kind, FieldType type, long offset, long operand, Overflow overflow) {
  enum Kind {
    GET,
    SET,
    INCRBY
  }

  boolean writes() {
    return kind != Kind.GET;
  }

  /// The length of a string that ends with the field.
  int endByte() {
    return (int) ((offset + type.width() + 7) >>> 3);
  }

  /// Reads all operations of a `BITFIELD`.
  ///
  /// - throws [CommandException] for the first mistake in the order of the words. A field to be
  ///   written must end within the longest string.
  static List<FieldOperation> parseAll(Tx tx, Args args) {
    List<FieldOperation> operations = new ArrayList<>();
    Overflow overflow = Overflow.WRAP;
    for (int i = 2; i < args.count(); ) {
      if (args.is(i, "OVERFLOW") && i + 1 < args.count()) {
        overflow = overflow(args, i + 1);
        i += 2;
      } else {
        Kind kind = kind(args, i);
        operations.add(parse(tx, args, i, kind, overflow));
        i += words(kind);
      }
    }
    return operations;
  }

  private static FieldOperation parse(Tx tx, Args args, int index, Kind kind, Overflow overflow) {
    FieldType type = FieldType.parse(args.bytes(index + 1));
    long offset = BitOffset.parse(tx, args, index + 2, type.width());
    long operand = kind == Kind.GET ? 0 : args.int64(index + 3);
    if (kind != Kind.GET && offset + type.width() > (long) tx.stringLimit() * Byte.SIZE) {
      throw BitOffset.outOfRange();
    }
    return new FieldOperation(kind, type, offset, operand, overflow);
  }

  private static Kind kind(Args args, int index) {
    for (Kind kind : Kind.values()) {
      if (args.is(index, kind.name()) && index + words(kind) <= args.count()) {
        return kind;
      }
    }
    throw CommandException.syntax();
  }

  private static int words(Kind kind) {
    return kind == Kind.GET ? 3 : 4;
  }

  private static Overflow overflow(Args args, int index) {
    for (Overflow overflow : Overflow.values()) {
      if (args.is(index, overflow.name())) {
        return overflow;
      }
    }
    throw CommandException.err("Invalid OVERFLOW type specified");
  }
}
