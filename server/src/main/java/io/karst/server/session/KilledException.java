package io.karst.server.session;

/// Somebody has ended a script, which cannot catch this. What it has done is taken back.
final class KilledException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /// - `line`: what the client is told.
  KilledException(String line) {
    super(line, null, false, false);
  }

  String line() {
    return String.valueOf(getMessage());
  }
}
