package io.karst.server.http.console;

/// What the browser has sent cannot be done; nothing of it has been.
final class BadRequestException extends Exception {
  private final String line;

  BadRequestException(String line) {
    super(line, null, false, false);
    this.line = line;
  }

  /// What the client is told.
  String line() {
    return line;
  }
}
