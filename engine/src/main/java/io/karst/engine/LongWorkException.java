package io.karst.engine;

/// A command on an event loop has found, before it changed anything, that it would take long: it is
/// to be run elsewhere, from the beginning. Thrown only where that was asked for ([Tx#brief]).
public final class LongWorkException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /// Without a stack trace.
  public LongWorkException() {
    super("a command that takes long", null, false, false);
  }
}
