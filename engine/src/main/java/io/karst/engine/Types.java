package io.karst.engine;

import io.karst.base.CommandException;
import io.karst.memory.Record;
import io.karst.value.ValueType;

/// Answers WRONGTYPE for who asks for a value of one type and finds another.
final class Types {
  private Types() {}

  /// The record itself, if it is a string or none.
  ///
  /// - throws [CommandException] WRONGTYPE.
  static long string(long record) {
    return ofType(record, ValueType.STRING);
  }

  /// The record itself, if it is of a type or none.
  ///
  /// - throws [CommandException] WRONGTYPE.
  static long ofType(long record, ValueType type) {
    if (record != Record.NONE && Record.type(record) != type.code()) {
      throw CommandException.wrongType();
    }
    return record;
  }
}
