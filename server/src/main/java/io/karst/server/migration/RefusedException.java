package io.karst.server.migration;

/// A key did not get to the target.
final class RefusedException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String line;

  /// - `line`: the error line for the client.
  RefusedException(String line) {
    super(line, null, false, false);
    this.line = line;
  }

  /// The target answered with an error.
  static RefusedException byTarget(String answer) {
    return new RefusedException("ERR Target instance replied with error: " + answer);
  }

  /// The error line for the client.
  String line() {
    return line;
  }
}
