package io.karst.bench.faults;

/// A cluster has broken a promise; the message says which.
final class Violation extends RuntimeException {
  private static final long serialVersionUID = 1L;

  Violation(String message) {
    super(message);
  }
}
