package io.karst.server.http.console;

import java.io.IOException;

/// The replies are larger than one answer may be.
final class TooLargeException extends IOException {
  private final String line;

  TooLargeException(String line) {
    super(line);
    this.line = line;
  }

  /// What the client is told.
  String line() {
    return line;
  }
}
