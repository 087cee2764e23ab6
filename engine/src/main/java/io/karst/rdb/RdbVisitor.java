package io.karst.rdb;

import io.karst.base.Bytes;

/// What [RdbFileReader] shows a file to, in the order of the file. That the file is whole is known
/// only when the reader returns.
public interface RdbVisitor {
  /// A key with a value of a type that was asked for.
  ///
  /// - throws [io.karst.base.CommandException] if the value is malformed: the reader adds where it
  ///   is in the file.
  void entry(RdbEntry entry);

  /// Something about the file: the version of the server that made it, the time.
  default void aux(Bytes name, Bytes value) {}

  /// A library of functions; whether it is taken, and not passed over.
  ///
  /// - `source`: good during the call.
  default boolean function(Bytes source) {
    return false;
  }

  /// How many keys of the database follow, as far as the server that made the file knew: a hint.
  default void sizes(int database, long keys, long expiring) {}
}
