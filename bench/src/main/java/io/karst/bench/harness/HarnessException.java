package io.karst.bench.harness;

/// Something a benchmark needs is missing or failed; the message is for the person who ran it.
public sealed class HarnessException extends RuntimeException permits DisconnectedException {
  private static final long serialVersionUID = 1L;

  public HarnessException(String message) {
    super(message);
  }

  public HarnessException(String message, Throwable cause) {
    super(message + ": " + cause.getMessage(), cause);
  }
}
