package io.karst.server.operations.connection;

import io.karst.base.Bytes;
import io.karst.base.CommandException;

/// Names that clients give to themselves: they stand in the lines of `CLIENT LIST`, so blanks and
/// line ends cannot be in them.
final class ClientName {
  private ClientName() {}

  /// `name` if it can be one.
  static Bytes checked(Bytes name) {
    return checked(name, "Client names");
  }

  /// - `what`: what the error says the words are.
  static Bytes checked(Bytes name, String what) {
    for (int i = 0; i < name.length(); i++) {
      if (name.at(i) < '!' || name.at(i) > '~') {
        throw CommandException.err(
            what + " cannot contain spaces, newlines or special characters.");
      }
    }
    return name;
  }
}
