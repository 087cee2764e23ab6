package io.karst.engine;

/// A lock is held by a transaction that takes long and has said so ([Tx#heldLong]), and whoever
/// wants it would rather know that than wait ([Tx#impatient]). He holds no lock he has waited for.
public final class HeldLongException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /// Without a stack trace.
  public HeldLongException() {
    super("a lock is held for long", null, false, false);
  }
}
