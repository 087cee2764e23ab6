package io.karst.server.config;

/// The configuration cannot be used: stops the start. The message is one line for the operator,
/// which begins with the place (`karst.conf:12` or `--port`).
public final class ConfigException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public ConfigException(String message) {
    super(message, null, false, false);
  }

  /// The line for the operator.
  public String line() {
    return String.valueOf(getMessage());
  }
}
