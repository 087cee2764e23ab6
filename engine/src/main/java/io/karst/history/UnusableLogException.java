package io.karst.history;

/// The log may be whole, but it is not one this build, or this store, can go on with.
public final class UnusableLogException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UnusableLogException(String message) {
    super(message);
  }
}
