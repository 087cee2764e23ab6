package io.karst.bench.harness;

/// The other side has closed the connection, or is not there.
public final class DisconnectedException extends HarnessException {
  private static final long serialVersionUID = 1L;

  public DisconnectedException(String message) {
    super(message);
  }

  public DisconnectedException(String message, Throwable cause) {
    super(message, cause);
  }
}
