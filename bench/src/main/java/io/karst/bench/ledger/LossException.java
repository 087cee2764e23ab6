package io.karst.bench.ledger;

/// A server does not have what it must have; the message says what.
public final class LossException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public LossException(String message) {
    super(message);
  }
}
