package io.karst.server.migration;

import java.io.IOException;

/// The connection to the target failed, or stood still for too long.
final class TargetException extends IOException {
  private static final long serialVersionUID = 1L;

  /// - `doing`: what was being done, in the words of the error line.
  TargetException(String doing, IOException cause) {
    super(doing, cause);
  }

  /// The error line for the client.
  String line() {
    return "IOERR error or timeout " + getMessage();
  }
}
