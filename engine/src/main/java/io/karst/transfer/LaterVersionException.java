package io.karst.transfer;

import java.io.IOException;

/// A value is of a type that the version of the file does not have, but a later one has: the file
/// is to be begun anew with that.
public final class LaterVersionException extends IOException {
  private static final long serialVersionUID = 1;

  private final int version;

  LaterVersionException(String message, int version) {
    super(message);
    this.version = version;
  }

  /// The first version that has the type.
  public int version() {
    return version;
  }
}
