package io.karst.server.tls;

/// TLS cannot be had as the directives say. The message says which file or directive is wrong, for
/// the operator.
public final class TlsException extends Exception {
  private static final long serialVersionUID = 1L;

  TlsException(String message) {
    super(message);
  }

  TlsException(String message, Throwable cause) {
    super(message, cause);
  }

  /// The line for the operator.
  public String line() {
    return String.valueOf(getMessage());
  }
}
