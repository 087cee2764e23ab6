package io.karst.server.resp;

/// What a client sent is no request. It is told so, and the connection is closed: where the next
/// request would begin is unknown. Carries no stack trace.
public final class ProtocolException extends Exception {
  private static final long serialVersionUID = 1L;

  ProtocolException(String message) {
    super("ERR Protocol error: " + message, null, false, false);
  }

  /// The text of the error line.
  public String line() {
    return String.valueOf(getMessage());
  }
}
