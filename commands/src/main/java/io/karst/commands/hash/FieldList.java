package io.karst.commands.hash;

import io.karst.base.CommandException;
import io.karst.base.Decimal;
import io.karst.commands.Args;
import io.karst.commands.WordBatch;

/// `FIELDS numfields field [field ...]`, at the end of a command.
final class FieldList {
  private static final String POSITIVE = "Number of fields must be a positive integer";

  private FieldList() {}

  /// The fields, where the list begins at word `index`.
  static WordBatch read(Args args, int index) {
    return read(args, index, POSITIVE);
  }

  /// As [#read(Args, int)], with the error for a number of fields that is none.
  static WordBatch read(Args args, int index, String notPositive) {
    if (!args.is(index, "FIELDS")) {
      throw CommandException.err(
          "Mandatory argument FIELDS is missing or not at the right position");
    }
    long count = count(args, index + 1, notPositive);
    if (count != args.count() - index - 2) {
      throw CommandException.err("The `numfields` parameter must match the number of arguments");
    }
    return new WordBatch(args, index + 2, (int) count, 1);
  }

  /// Word `index` as a number of fields, at least 1.
  static long count(Args args, int index, String notPositive) {
    boolean isNumber = index < args.count() && Decimal.isInt64(args.bytes(index));
    long count = isNumber ? args.int64(index) : 0;
    if (count < 1) {
      throw CommandException.err(notPositive);
    }
    return count;
  }
}
